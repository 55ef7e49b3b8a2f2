import { z } from 'zod';
import { COMPARISONS } from '../../services/cloudwatch/alarm.ts';
import { metricMath } from '../../services/cloudwatch/metric-math.ts';
import { parseProperties, type ResourceKind } from '../resource-kind.ts';

const Ignored = z.unknown().optional();
/** High-resolution alarms are not simulated. */
const Period = z.coerce.number().int().multipleOf(60).min(60);
const Statistic = z.enum(['Sum', 'Minimum', 'Maximum', 'SampleCount', 'Average']);
const Dimensions = z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]);
const Comparison = z.enum(Object.keys(COMPARISONS).filter(isComparison));

const Common = z.strictObject({
  AlarmName: z.string().optional(),
  EvaluationPeriods: z.coerce.number().int().min(1),
  DatapointsToAlarm: z.coerce.number().int().min(1).optional(),
  Threshold: z.coerce.number(),
  ComparisonOperator: Comparison,
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'missing']).default('missing'),
  ActionsEnabled: z.literal(true).optional(),
  AlarmActions: Ignored,
  AlarmDescription: Ignored,
  InsufficientDataActions: Ignored,
  OKActions: Ignored,
  Tags: Ignored,
});

const OfOneMetric = Common.extend({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions,
  Statistic,
  Period,
});

const MetricStat = z.strictObject({
  Metric: z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions }),
  Stat: Statistic,
  Period,
});

/** Ten is CloudWatch's own limit. Source: CloudWatch API, PutMetricAlarm, Metrics. */
const MOST_METRICS = 10;

const Expression = z.strictObject({
  Id: z.string(),
  Expression: z.string(),
  Label: Ignored,
  ReturnData: z.literal(true).optional(),
  Period: Ignored,
});
const OneOfSeveral = z.strictObject({
  Id: z.string(),
  MetricStat,
  ReturnData: z.literal(false),
  Label: Ignored,
});

const OfSeveral = Common.extend({
  Metrics: z
    .array(z.union([Expression, OneOfSeveral]))
    .max(MOST_METRICS + 1)
    .transform((entries, context) => {
      const metrics = entries.flatMap((one) => ('MetricStat' in one ? metricWithId(one) : []));
      const [expression, ...more] = entries.flatMap((one) => ('Expression' in one ? one.Expression : []));
      const ids = metrics.map(({ id }) => id);
      const math = expression === undefined ? undefined : metricMath(expression, ids);
      if (math && more.length === 0) return { metrics, math };
      context.addIssue(`the simulator does not know the expression ${[expression, ...more].join(', ')}`);
      return z.NEVER;
    }),
});

/** AWS::CloudWatch::Alarm on a metric, or on one of the expressions that the simulator knows. */
export const cloudwatchAlarm: ResourceKind = {
  identify({ name, account: { partition, region, id } }) {
    const ref = name('AlarmName', { longest: 255 });
    return { ref, attributes: { Arn: `arn:${partition}:cloudwatch:${region}:${id}:alarm:${ref}` } };
  },
  deploy(resource, { cloud }) {
    const isOfSeveral = z.looseObject({ Metrics: z.unknown() }).safeParse(resource.properties())
      .data?.Metrics;
    const properties =
      isOfSeveral === undefined
        ? { ...parseProperties(OfOneMetric, resource), Metrics: undefined }
        : parseProperties(OfSeveral, resource);
    const { EvaluationPeriods: evaluationPeriods } = properties;
    cloud.cloudwatch.addAlarm({
      name: resource.identity().ref,
      ...(properties.Metrics ?? { metrics: [metricOf(properties)] }),
      evaluationPeriods,
      datapointsToAlarm: properties.DatapointsToAlarm ?? evaluationPeriods,
      threshold: properties.Threshold,
      comparison: properties.ComparisonOperator,
      treatMissingData: properties.TreatMissingData,
    });
  },
};

function isComparison(name: string): name is keyof typeof COMPARISONS {
  return name in COMPARISONS;
}

function metricWithId({
  Id: id,
  MetricStat: { Metric, Stat, Period: seconds },
}: z.infer<typeof OneOfSeveral>) {
  return { id, ...metricOf({ ...Metric, Statistic: Stat, Period: seconds }) };
}

function metricOf({
  Namespace: namespace,
  MetricName: name,
  Dimensions: dimensions,
  Statistic: statistic,
  Period: periodSeconds,
}: Pick<z.infer<typeof OfOneMetric>, 'Namespace' | 'MetricName' | 'Dimensions' | 'Statistic' | 'Period'>) {
  return {
    namespace,
    name,
    dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])),
    statistic,
    periodSeconds,
  };
}
