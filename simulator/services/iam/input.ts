import type { Account } from '../../account.ts';
import type { ConditionContext } from '../../gateway/policy-pattern.ts';
import { listIn } from '../../gateway/query-protocol.ts';
import { pageOf as pieceOf } from '../../page.ts';
import { AwsError, type Permission } from '../../service.ts';
import type { IamParts } from './parts.ts';

const USUAL_ITEMS = 100;
const MOST_ITEMS = 1000;

/** A piece of a list. Throws AwsError InvalidInput for a marker of another list, ValidationError. */
export function pageOf<Item>(all: readonly Item[], input: URLSearchParams, of: string) {
  const { items, nextToken } = pieceOf(all, {
    of,
    token: input.get('Marker') ?? undefined,
    size: sizeIn(input),
    invalid: () => invalidInput('Invalid Marker.'),
  });
  const rest = {
    IsTruncated: String(nextToken !== undefined),
    ...(nextToken !== undefined && { Marker: nextToken }),
  };
  return { items, rest };
}

function sizeIn(input: URLSearchParams): number {
  const size = Number(input.get('MaxItems') ?? USUAL_ITEMS);
  if (Number.isInteger(size) && size >= 1 && size <= MOST_ITEMS) return size;
  throw new AwsError('ValidationError', 400, `MaxItems must be 1 to ${MOST_ITEMS}.`);
}

export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInput', 400, message);
}

/** Throws AwsError ValidationError. */
export function required(input: URLSearchParams, name: string): string {
  const value = input.get(name) ?? '';
  if (value !== '') return value;
  const member = `${name[0]?.toLowerCase()}${name.slice(1)}`;
  const message = `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`;
  throw new AwsError('ValidationError', 400, message);
}

/** On the role that the call names. */
export function onRole(action: string, input: URLSearchParams, { identities }: IamParts): Permission[] {
  const { partition, id } = identities.account;
  const name = input.get('RoleName') ?? '';
  const resource = identities.findRole(name)?.arn ?? `arn:${partition}:iam::${id}:role/${name}`;
  return [{ action: `iam:${action}`, resource }];
}

/** On all roles, or on those below a path. */
export function onRoles(action: string, path: string, { partition, id }: Account): Permission[] {
  return [{ action: `iam:${action}`, resource: `arn:${partition}:iam::${id}:role${path}` }];
}

/** `ContextEntries` of a simulation. */
export function contextIn(input: URLSearchParams): ConditionContext {
  const context: Record<string, readonly string[]> = {};
  for (let index = 1; ; index += 1) {
    const entry = `ContextEntries.member.${index}`;
    const name = input.get(`${entry}.ContextKeyName`);
    if (name === null) return context;
    context[name] = listIn(input, `${entry}.ContextKeyValues`);
  }
}

/** What a simulation takes on AWS, and not here. Throws AwsError UnknownOperationException. */
export function refuseOther(operation: string, input: URLSearchParams, names: readonly string[]): void {
  const given = names.find((name) =>
    [...input.keys()].some((key) => key === name || key.startsWith(`${name}.`)),
  );
  if (given === undefined) return;
  const message = `${operation}: the simulator does not know ${given}`;
  throw new AwsError('UnknownOperationException', 501, message);
}
