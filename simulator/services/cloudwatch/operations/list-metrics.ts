import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { describeMetric, pageOf, parsed } from '../input.ts';
import type { MetricName } from '../metric-store.ts';
import type { CloudwatchParts } from '../parts.ts';

/** Source: CloudWatch API reference, ListMetrics. */
const PAGE = 500;
const RECENTLY_MS = 3 * 3_600_000;

const Input = z.strictObject({
  Namespace: z.string().min(1).optional(),
  MetricName: z.string().min(1).optional(),
  Dimensions: z
    .array(z.strictObject({ Name: z.string(), Value: z.string().optional() }))
    .max(10)
    .default([]),
  RecentlyActive: z.literal('PT3H').optional(),
  IncludeLinkedAccounts: z.literal(false).optional(),
  NextToken: z.string().optional(),
});

/** Metrics that have had a value, by namespace, name and dimensions. */
export function listMetrics({ clock, store }: CloudwatchParts): JsonOperation {
  return {
    name: 'ListMetrics',
    needs: () => [{ action: 'cloudwatch:ListMetrics', resource: '*' }],
    answer(input) {
      const { NextToken: token, RecentlyActive, ...filter } = parsed(Input, input);
      const fromMs = RecentlyActive ? clock.now() - RECENTLY_MS : -Infinity;
      const found = store.metrics().filter((one) => isMeant(one, filter) && store.lastMs(one) >= fromMs);
      const of = `metrics ${JSON.stringify(filter)}`;
      const code = 'InvalidParameterValueException';
      const { items, rest } = pageOf(found, { of, token, size: PAGE, code });
      return { Metrics: items.map(describeMetric), ...rest };
    },
  };
}

function isMeant(
  { namespace, name, dimensions }: MetricName,
  filter: Pick<z.infer<typeof Input>, 'Namespace' | 'MetricName' | 'Dimensions'>,
): boolean {
  const { Namespace = namespace, MetricName: wanted = name } = filter;
  const hasAll = filter.Dimensions.every(
    ({ Name, Value = dimensions[Name] }) => Value !== undefined && dimensions[Name] === Value,
  );
  return Namespace === namespace && wanted === name && hasAll;
}
