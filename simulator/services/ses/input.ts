import { isJsonObject, type JsonObject, type RestCall } from '../../gateway/protocols.ts';
import { pageOf } from '../../page.ts';
import { AwsError } from '../../service.ts';

export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', 400, message);
}

export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', 404, message);
}

export function findText(input: JsonObject, member: string): string | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw badRequest(`${member} must be a string.`);
}

export function requireText(input: JsonObject, member: string): string {
  const value = findText(input, member);
  if (value === undefined || value === '') throw badRequest(`Missing required parameter ${member}.`);
  return value;
}

export function findObject(input: JsonObject, member: string): JsonObject | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (isJsonObject(value)) return value;
  throw badRequest(`${member} must be a structure.`);
}

export function requireObject(input: JsonObject, member: string): JsonObject {
  const value = findObject(input, member);
  if (!value) throw badRequest(`Missing required parameter ${member}.`);
  return value;
}

/** The members of a list; none when there is no list. */
export function listOf<Item>(
  input: JsonObject,
  member: string,
  isItem: (value: unknown) => value is Item,
): Item[] {
  const value = input[member] ?? [];
  if (Array.isArray(value) && value.every(isItem)) return value;
  throw badRequest(`${member} must be a list.`);
}

export const isText = (value: unknown): value is string => typeof value === 'string';

/** The page that a query or a body asks for. Throws AwsError BadRequestException. */
export function pageIn<Item>(
  all: readonly Item[],
  { query, input }: Pick<RestCall, 'query' | 'input'>,
  { of, most }: { of: string; most: number },
) {
  const size = Number(query.get('PageSize') ?? input['PageSize'] ?? most);
  if (!Number.isInteger(size) || size < 1) throw badRequest('PageSize is not valid.');
  const { items, nextToken } = pageOf(all, {
    of,
    token: query.get('NextToken') ?? findText(input, 'NextToken'),
    size: Math.min(size, most),
    invalid: () => badRequest('NextToken is not valid.'),
  });
  return { items, told: nextToken === undefined ? {} : { NextToken: nextToken } };
}
