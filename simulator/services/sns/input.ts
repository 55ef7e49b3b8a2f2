import { AwsError } from '../../service.ts';
import type { SnsParts } from './parts.ts';
import type { Topic } from './topics.ts';

/** Source: Amazon SNS API reference, ListSubscriptionsByTopic and the like. */
const PAGE = 100;

function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameter', 400, `Invalid parameter: ${message}`);
}

/** Throws AwsError InvalidParameter, NotFound. */
export function requireTopic(input: URLSearchParams, { topics }: SnsParts): Topic {
  const arn = input.get('TopicArn') ?? '';
  if (!/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(arn)) throw invalidParameter('TopicArn');
  const topic = topics.find(arn);
  if (topic) return topic;
  throw new AwsError('NotFound', 404, 'Topic does not exist');
}

/** A page of a list, and the token of the next one. Throws AwsError InvalidParameter for a token of another list. */
export function pageOf<Item>(all: readonly Item[], input: URLSearchParams) {
  const start = Number(input.get('NextToken') ?? 0);
  if (!Number.isInteger(start) || start < 0 || start > all.length) throw invalidParameter('NextToken');
  const end = start + PAGE;
  return { items: all.slice(start, end), ...(end < all.length && { NextToken: String(end) }) };
}

/** Attributes as the API writes a map. All values are texts. */
export function shownAttributes(attributes: Readonly<Record<string, string>>) {
  return { Attributes: { entry: Object.entries(attributes).map(([key, value]) => ({ key, value })) } };
}
