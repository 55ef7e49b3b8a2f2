import { z } from 'zod';
import type { Account } from '../../account.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import { pageOf as pieceOf } from '../../page.ts';
import { AwsError, type Permission } from '../../service.ts';
import type { LogGroup } from './log-store.ts';
import type { LogsParts } from './parts.ts';

/** Name or ARN of a group: newer operations take either. */
export const GroupNames = {
  logGroupName: z.string().min(1).max(512).optional(),
  logGroupIdentifier: z.string().min(1).max(2048).optional(),
};

/** What a call asks for. Throws AwsError InvalidParameterException for what the schema does not have. */
export function parsed<Shape extends z.ZodType>(shape: Shape, input: JsonObject): z.infer<Shape> {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  throw invalid(`Not simulated, or not valid: ${z.prettifyError(result.error)}`);
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', 400, message);
}

/** A piece of a list. Throws AwsError InvalidParameterException for a token of another list. */
export function pageOf<Item>(
  all: readonly Item[],
  { of, token, size }: { of: string; token: string | undefined; size: number },
) {
  const { items, nextToken } = pieceOf(all, { of, token, size, invalid: badToken });
  return { items, rest: nextToken === undefined ? {} : { nextToken } };
}

function badToken(): AwsError {
  return invalid('The specified nextToken is invalid.');
}

/** Without `:*` at its end. */
export function groupArn(name: string, { partition, region, id }: Account): string {
  return `arn:${partition}:logs:${region}:${id}:log-group:${name}`;
}

/** Reading actions are of the group, whose ARN ends in `:*` there. Source: Service Authorization Reference. */
export function groupPermission(action: string, input: JsonObject, account: Account): Permission[] {
  return [{ action: `logs:${action}`, resource: `${groupArn(nameIn(input), account)}:*` }];
}

/** Throws AwsError InvalidParameterException, ResourceNotFoundException. */
export function requireGroup(input: JsonObject, { store }: LogsParts): LogGroup {
  if ((input['logGroupName'] === undefined) === (input['logGroupIdentifier'] === undefined)) {
    throw invalid('Either logGroupName or logGroupIdentifier has to be given, and not both.');
  }
  const group = store.group(nameIn(input));
  if (group) return group;
  throw notFound('log group');
}

/** Of a name or an ARN. */
function nameIn({ logGroupName: name, logGroupIdentifier: identifier }: JsonObject): string {
  const given = [name, identifier].find((one) => typeof one === 'string') ?? '*';
  return given.replace(/^arn:.*?:log-group:/, '').replace(/:\*$/, '');
}

export function notFound(what: string): AwsError {
  return new AwsError('ResourceNotFoundException', 400, `The specified ${what} does not exist.`);
}
