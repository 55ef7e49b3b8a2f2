import type { Account } from '../../account.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import { pageOf } from '../../page.ts';
import { AwsError, type Permission } from '../../service.ts';
import type { EventRule } from './rule.ts';
import type { EventBridgeParts } from './parts.ts';

const MOST = 100;
const DEFAULT_BUS = 'default';

export function invalidParameter(name: string): AwsError {
  return new AwsError('ValidationException', 400, `Parameter ${name} is not valid.`);
}

export function ruleNotFound(name: string): AwsError {
  const message = `Rule ${name} does not exist on EventBus default.`;
  return new AwsError('ResourceNotFoundException', 400, message);
}

/** Throws AwsError ValidationException. */
export function findText(input: JsonObject, name: string): string | undefined {
  const text = input[name];
  if (text === undefined || text === null) return undefined;
  if (typeof text === 'string' && text !== '') return text;
  throw invalidParameter(name);
}

/** Throws AwsError ValidationException. */
export function requireText(input: JsonObject, name: string): string {
  const text = findText(input, name);
  if (text === undefined) throw invalidParameter(name);
  return text;
}

export function ruleArn({ partition, region, id }: Account, name: string): string {
  return `arn:${partition}:events:${region}:${id}:rule/${name}`;
}

export function busArn({ partition, region, id }: Account): string {
  return `arn:${partition}:events:${region}:${id}:event-bus/${DEFAULT_BUS}`;
}

/** Only the default bus is there. Throws AwsError ResourceNotFoundException. */
export function requireBus(name: string | undefined, account: Account): void {
  if (name === undefined || name === DEFAULT_BUS || name === busArn(account)) return;
  throw new AwsError('ResourceNotFoundException', 400, `Event bus ${name} does not exist.`);
}

/** Throws AwsError ResourceNotFoundException, ValidationException. */
export function requireRule(
  input: JsonObject,
  member: 'Name' | 'Rule',
  { rules, account }: EventBridgeParts,
): EventRule {
  requireBus(findText(input, 'EventBusName'), account);
  const name = requireText(input, member);
  const rule = rules.get(name);
  if (!rule) throw ruleNotFound(name);
  return rule;
}

/** An operation's own action on the rule that the input names. */
export function onRule(action: string, member: 'Name' | 'Rule', { account }: EventBridgeParts) {
  return (input: JsonObject): readonly Permission[] => [
    { action: `events:${action}`, resource: ruleArn(account, requireText(input, member)) },
  ];
}

/** The page that a request asks for. Throws AwsError ValidationException. */
export function pageIn<Item>(all: readonly Item[], input: JsonObject, of: string) {
  const { Limit: size = MOST } = input;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > MOST) {
    throw invalidParameter('Limit');
  }
  const token = findText(input, 'NextToken');
  const { items, nextToken } = pageOf(all, { of, token, size, invalid: () => invalidParameter('NextToken') });
  return { items, told: nextToken === undefined ? {} : { NextToken: nextToken } };
}

/** A rule as the API describes it. */
export function described(rule: EventRule, { account, isOn }: EventBridgeParts) {
  const { name, eventPattern, scheduleExpression, description } = rule;
  return {
    Name: name,
    Arn: ruleArn(account, name),
    ...(eventPattern !== undefined && { EventPattern: JSON.stringify(eventPattern) }),
    ...(scheduleExpression !== undefined && { ScheduleExpression: scheduleExpression }),
    State: isOn(rule) ? 'ENABLED' : 'DISABLED',
    ...(description !== undefined && { Description: description }),
    EventBusName: DEFAULT_BUS,
  };
}

/** In the order of their names, as lists have them. */
export function sortedRules({ rules }: EventBridgeParts): readonly EventRule[] {
  return [...rules.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
