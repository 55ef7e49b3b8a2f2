import type { JsonObject, RestCall } from '../../gateway/protocols.ts';
import { pageOf } from '../../page.ts';
import { AwsError, type Permission } from '../../service.ts';
import type { DescribableFunction } from './foreign-functions.ts';
import type { LambdaParts } from './parts.ts';

const MOST_ASKED = 10_000;

/** The function that a path names, by its name or ARN. Throws AwsError ResourceNotFoundException. */
export function requireDescribable(
  { FunctionName: wanted = '' }: Readonly<Record<string, string>>,
  { describable, account }: Pick<LambdaParts, 'describable' | 'account'>,
): DescribableFunction {
  const found = describable().find(({ name, arn }) => name === wanted || arn === wanted);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', 404, `Function not found: ${arnFor(wanted, account)}`, {
    Type: 'User',
  });
}

/** A function's action on itself. */
export function onFunction(action: string, { account }: Pick<LambdaParts, 'account'>) {
  return ({ params }: RestCall): readonly Permission[] => [
    { action: `lambda:${action}`, resource: arnFor(params['FunctionName'] ?? '', account) },
  ];
}

/** A page of a list: `Marker` and `MaxItems`. However many are asked for, there are at most `most`. */
export function listed(
  query: URLSearchParams,
  { name, items, most }: { name: string; items: readonly unknown[]; most: number },
): JsonObject {
  const size = Number(query.get('MaxItems') ?? most);
  if (!Number.isInteger(size) || size < 1 || size > MOST_ASKED) {
    throw invalid(`MaxItems must be 1 to ${MOST_ASKED}.`);
  }
  const page = pageOf(items, {
    of: name,
    token: query.get('Marker') ?? undefined,
    size: Math.min(size, most),
    invalid: () => invalid('Invalid Marker.'),
  });
  return { [name]: page.items, ...(page.nextToken !== undefined && { NextMarker: page.nextToken }) };
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', 400, message, { Type: 'User' });
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', 404, message, { Type: 'User' });
}

/** The ARN that a function of that name has, or would have. */
function arnFor(nameOrArn: string, { partition, region, id }: LambdaParts['account']): string {
  return nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:${partition}:lambda:${region}:${id}:function:${nameOrArn}`;
}
