import type { Account } from '../../account.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import { pageOf } from '../../page.ts';
import { AwsError } from '../../service.ts';
import type { Parameter, SsmParts } from './parts.ts';

export function validation(message: string): AwsError {
  return new AwsError('ValidationException', 400, message);
}

/** By name or ARN; a name that is a path begins with a slash, which its ARN does not repeat. */
export function parameterArn(wanted: string, { partition, region, id }: Account): string {
  if (wanted.startsWith('arn:')) return wanted;
  return `arn:${partition}:ssm:${region}:${id}:parameter${wanted.startsWith('/') ? '' : '/'}${wanted}`;
}

/** Undefined: there is none. */
export function findParameter(wanted: string, { parameters, account }: SsmParts): Parameter | undefined {
  const arn = parameterArn(wanted, account);
  return parameters.find(({ name }) => parameterArn(name, account) === arn);
}

/** A parameter with its value, as the API tells it. */
export function shown({ name, value, changedAtMs }: Parameter, account: Account) {
  return {
    Name: name,
    Type: 'String',
    Value: value,
    Version: 1,
    LastModifiedDate: changedAtMs / 1000,
    ARN: parameterArn(name, account),
    DataType: 'text',
  };
}

/** The page that a request asks for. Throws AwsError ValidationException, InvalidNextToken. */
export function pageIn<Item>(
  all: readonly Item[],
  input: JsonObject,
  { of, most }: { of: string; most: number },
) {
  const { MaxResults: size = most, NextToken: token } = input;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > most) {
    throw validation(`MaxResults must be 1 to ${most}.`);
  }
  if (token !== undefined && typeof token !== 'string') throw invalidToken();
  const { items, nextToken } = pageOf(all, { of, token, size, invalid: invalidToken });
  return { items, told: nextToken === undefined ? {} : { NextToken: nextToken } };
}

function invalidToken(): AwsError {
  return new AwsError('InvalidNextToken', 400, 'The specified token is not valid.');
}
