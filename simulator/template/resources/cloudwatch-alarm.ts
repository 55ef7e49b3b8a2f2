import { z } from 'zod';
import { COMPARISONS } from '../../services/cloudwatch/alarm.ts';
import type { AlarmSettings } from '../../services/cloudwatch/alarm.ts';
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

/** All metrics summed up is the one expression that is simulated. */
const OfSeveral = Common.extend({
  Metrics: z
    .array(
      z.union([
        z.strictObject({
          Id: z.string(),
          Expression: z.literal('SUM(FILL(METRICS(), 0))'),
          Label: Ignored,
          ReturnData: z.literal(true).optional(),
          Period: Ignored,
        }),
        z.strictObject({ Id: z.string(), MetricStat, ReturnData: z.literal(false), Label: Ignored }),
      ]),
    )
    .max(MOST_METRICS + 1)
    .refine((metrics) => metrics.filter((one) => 'Expression' in one).length === 1, 'one expression'),
});

/** AWS::CloudWatch::Alarm on a metric, or on the sum of several. */
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
      metrics: properties.Metrics ? metricsOf(properties.Metrics) : [metricOf(properties)],
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

function metricsOf(metrics: z.infer<typeof OfSeveral>['Metrics']): AlarmSettings['metrics'] {
  return metrics.flatMap((one) => {
    if (!('MetricStat' in one)) return [];
    const { Metric, Stat, Period: seconds } = one.MetricStat;
    return metricOf({ ...Metric, Statistic: Stat, Period: seconds });
  });
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
