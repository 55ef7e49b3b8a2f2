import type { JsonObject } from '../../gateway/protocols.ts';
import { pageOf } from '../../page.ts';
import { AwsError, type Permission } from '../../service.ts';
import { invalidValue, missingParameter, queueDoesNotExist } from './errors.ts';
import type { SqsParts } from './parts.ts';
import type { Queue } from './queue.ts';

/** Source: SQS API reference, ListQueues. */
const MOST_URLS = 1000;

/**
 * The ARN of the queue of a request's QueueUrl: from the last two parts of its path, with any host. Throws
 * AwsError QueueDoesNotExist without a URL, and InvalidAddress if the text is not a URL.
 */
function queueArnIn({ QueueUrl: url }: JsonObject, { account: { partition, region } }: SqsParts): string {
  if (typeof url !== 'string' || url === '') throw queueDoesNotExist();
  const [name, accountId] = (URL.parse(url)?.pathname ?? '').split('/').toReversed();
  if (name === undefined || name === '' || !/^\d{12}$/.test(accountId ?? '')) {
    throw new AwsError('InvalidAddress', 404, `The address ${url} is not valid for this endpoint.`);
  }
  return `arn:${partition}:sqs:${region}:${accountId}:${name}`;
}

export function queueIn(input: JsonObject, parts: SqsParts): Queue {
  return parts.queue(queueArnIn(input, parts));
}

/** An action on the queue of the request's QueueUrl. */
export function onQueue(action: string, parts: SqsParts) {
  return (input: JsonObject): readonly Permission[] => [
    { action: `sqs:${action}`, resource: queueArnIn(input, parts) },
  ];
}

/** A text that must be present and not empty. */
export function requireText(input: JsonObject, name: string): string {
  const { [name]: value } = input;
  if (typeof value === 'string' && value !== '') return value;
  throw missingParameter(name);
}

/** A whole number within limits; undefined if the request has none. */
export function findNumber(
  input: JsonObject,
  name: string,
  { least, most }: { least: number; most: number },
): number | undefined {
  const { [name]: value } = input;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalidValue(value, name, `Must be between ${least} and ${most}, if provided.`);
}

/** A page of queue URLs. As on AWS, there is a token only if the request says how many it wants. */
export function urlPage(
  input: JsonObject,
  { name, of, urls }: { name: string; of: string; urls: readonly string[] },
): JsonObject {
  const most = findNumber(input, 'MaxResults', { least: 1, most: MOST_URLS });
  const { NextToken: token } = input;
  if (token !== undefined && most === undefined) throw missingParameter('MaxResults');
  const { items, nextToken } = pageOf(urls, {
    of,
    token: typeof token === 'string' ? token : undefined,
    size: most ?? MOST_URLS,
    invalid: () => invalidValue(token, 'NextToken', 'Invalid or expired next token.'),
  });
  return {
    ...(items.length > 0 && { [name]: items }),
    ...(most !== undefined && nextToken !== undefined && { NextToken: nextToken }),
  };
}

/** A list of texts; empty if the request has none. */
export function textsIn(input: JsonObject, name: string): readonly string[] {
  const { [name]: value } = input;
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
