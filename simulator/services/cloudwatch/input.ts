import { z } from 'zod';
import type { Account } from '../../account.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import { pageOf as pieceOf } from '../../page.ts';
import { AwsError } from '../../service.ts';
import type { MetricName } from './metric-store.ts';

/** A filter by dimension, or a metric's dimensions. */
export const Dimensions = z
  .array(z.strictObject({ Name: z.string(), Value: z.string() }))
  .max(30)
  .default([]);

/** By name. */
export function dimensionsOf(dimensions: z.infer<typeof Dimensions>): MetricName['dimensions'] {
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}

/** What a call asks for. Throws AwsError `code` for what the schema does not have. */
export function parsed<Shape extends z.ZodType>(
  shape: Shape,
  input: JsonObject,
  code = 'ValidationError',
): z.infer<Shape> {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  throw new AwsError(code, 400, `Not simulated, or not valid: ${z.prettifyError(result.error)}`);
}

/** A piece of a list. Throws AwsError `code` for a token that was not given out. */
export function pageOf<Item>(all: readonly Item[], { of, token, size, code = 'InvalidNextToken' }: Asked) {
  const invalid = () => new AwsError(code, 400, 'The next token specified is invalid.');
  const { items, nextToken } = pieceOf(all, { of, token, size, invalid });
  return { items, rest: nextToken === undefined ? {} : { NextToken: nextToken } };
}

interface Asked {
  readonly of: string;
  readonly token: string | undefined;
  readonly size: number;
  readonly code?: string;
}

export function alarmArn(name: string, { partition, region, id }: Account): string {
  return `arn:${partition}:cloudwatch:${region}:${id}:alarm:${name}`;
}

/** Dashboards are in no Region. Source: Service Authorization Reference, Amazon CloudWatch. */
export function dashboardArn(name: string, { partition, id }: Account): string {
  return `arn:${partition}:cloudwatch::${id}:dashboard/${name}`;
}

/** A metric as the API has it. */
export function describeMetric({ namespace, name, dimensions }: MetricName) {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
}

/** What exists on AWS, and not here. */
export function notSimulated(operation: string, what: string): AwsError {
  return new AwsError('UnknownOperationException', 501, `${operation}: the simulator does not know ${what}`);
}
