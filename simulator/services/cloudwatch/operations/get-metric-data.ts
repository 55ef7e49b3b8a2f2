import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { Dimensions, dimensionsOf, notSimulated, pageOf, parsed } from '../input.ts';
import { metricMath } from '../metric-math.ts';
import { type MetricStore, STATISTICS } from '../metric-store.ts';
import type { CloudwatchParts } from '../parts.ts';

const NAME = 'GetMetricData';
/** Source: CloudWatch API reference, GetMetricData. */
const MOST_QUERIES = 500;
const MOST_DATAPOINTS = 100_800;

const Period = z.int().min(60).multipleOf(60);
const MetricStat = z.strictObject({
  Metric: z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions }),
  Period,
  Stat: z.string(),
  Unit: z.undefined({ error: 'values have no unit in the simulator' }).optional(),
});
const Query = z.strictObject({
  Id: z.string().regex(/^[a-z]\w*$/),
  MetricStat: MetricStat.optional(),
  Expression: z.string().optional(),
  Label: z.string().optional(),
  Period: Period.optional(),
  ReturnData: z.boolean().default(true),
});
/** Times are epoch seconds. */
const Input = z.strictObject({
  MetricDataQueries: z.array(Query).min(1).max(MOST_QUERIES),
  StartTime: z.number(),
  EndTime: z.number(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
  MaxDatapoints: z.int().min(1).max(MOST_DATAPOINTS).default(MOST_DATAPOINTS),
  NextToken: z.string().optional(),
  LabelOptions: z.unknown().optional(),
});

type MetricQuery = z.infer<typeof Query>;
type Values = ReadonlyMap<number, number>;

interface Series {
  readonly id: string;
  readonly label: string;
  readonly periodS: number;
  /** By the start of the period, in seconds. */
  readonly values: Values;
}

/**
 * Values of metrics by period, and of the expressions that alarms may have too. A period without a value is left
 * out. Only the last day is kept.
 */
export function getMetricData({ store }: CloudwatchParts): JsonOperation {
  return {
    name: NAME,
    needs: () => [{ action: 'cloudwatch:GetMetricData', resource: '*' }],
    answer(input) {
      const { MetricDataQueries: queries, NextToken: token, ...asked } = parsed(Input, input);
      if (asked.StartTime >= asked.EndTime) {
        throw new AwsError('ValidationError', 400, 'The parameter StartTime must be less than EndTime.');
      }
      const ids = queries.map(({ Id }) => Id);
      if (new Set(ids).size < ids.length) {
        throw new AwsError('ValidationError', 400, 'The values of the parameter Id must be unique.');
      }
      const metrics = queries.flatMap((query) => ofMetric(query, asked, store));
      const expressions = queries.flatMap((query) => ofExpression(query, metrics));
      const all = [...metrics, ...expressions];
      const shown = queries.flatMap(({ Id, ReturnData }) =>
        ReturnData ? all.filter(({ id }) => id === Id) : [],
      );
      const points = shown.flatMap((series) => pointsOf(series, asked.ScanBy));
      const of = `data ${JSON.stringify([ids, asked.StartTime, asked.EndTime, asked.ScanBy])}`;
      const { items, rest } = pageOf(points, { of, token, size: asked.MaxDatapoints });
      const after = points.slice(points.findLastIndex((one) => one === items.at(-1)) + 1);
      return {
        MetricDataResults: shown.map(({ id, label }) => ({
          Id: id,
          Label: label,
          Timestamps: items.filter((one) => one.id === id).map(({ startS }) => new Date(startS * 1000)),
          Values: items.filter((one) => one.id === id).map(({ value }) => value),
          StatusCode: items.length > 0 && after.some((one) => one.id === id) ? 'PartialData' : 'Complete',
        })),
        Messages: [],
        ...rest,
      };
    },
  };
}

function ofMetric(
  { Id: id, Label, MetricStat: stat, Expression }: MetricQuery,
  { StartTime, EndTime }: { StartTime: number; EndTime: number },
  store: MetricStore,
): readonly Series[] {
  if ((stat === undefined) === (Expression === undefined)) {
    throw new AwsError('ValidationError', 400, `The query ${id} needs either MetricStat or Expression.`);
  }
  if (!stat) return [];
  const { Metric, Period: periodS, Stat } = stat;
  const statistic = STATISTICS.find((one) => one === Stat);
  if (!statistic) throw notSimulated(NAME, `the statistic ${Stat}`);
  const name = Metric.MetricName;
  const metric = { namespace: Metric.Namespace, name, dimensions: dimensionsOf(Metric.Dimensions) };
  const values = new Map<number, number>();
  for (let startS = Math.floor(StartTime / periodS) * periodS; startS < EndTime; startS += periodS) {
    const found = store.statistics(metric, startS * 1000, (startS + periodS) * 1000);
    if (found) values.set(startS, found[statistic]);
  }
  return [{ id, label: Label ?? name, periodS, values }];
}

function ofExpression(
  { Id: id, Label, Expression: expression }: MetricQuery,
  metrics: readonly Series[],
): readonly Series[] {
  if (expression === undefined) return [];
  const math = metricMath(
    expression,
    metrics.map((one) => one.id),
  );
  if (!math) throw notSimulated(NAME, `the expression ${expression}`);
  const [periodS = 60, ...others] = new Set(metrics.map((one) => one.periodS));
  if (others.length > 0) throw notSimulated(NAME, `${expression} on metrics of different periods`);
  const starts = [...new Set(metrics.flatMap(({ values }) => [...values.keys()]))].toSorted((a, b) => a - b);
  const values = new Map<number, number>();
  for (const startS of starts) {
    const value = math(new Map(metrics.map((one) => [one.id, one.values.get(startS)])));
    if (value !== undefined) values.set(startS, value);
  }
  return [{ id, label: Label ?? id, periodS, values }];
}

function pointsOf({ id, values }: Series, scanBy: z.infer<typeof Input>['ScanBy']) {
  const points = [...values].map(([startS, value]) => ({ id, startS, value }));
  return scanBy === 'TimestampAscending' ? points : points.toReversed();
}
