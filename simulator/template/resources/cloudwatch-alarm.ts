import { z } from 'zod';
import { COMPARISONS } from '../../services/cloudwatch/alarm.ts';
import { alarmRule, AlarmRuleError } from '../../services/cloudwatch/alarm-rule.ts';
import { metricMath } from '../../services/cloudwatch/metric-math.ts';
import {
  parseProperties,
  type ResourceKind,
  type StackResource,
  type UnnamedResource,
} from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { Tags, tagsIn } from './tags.ts';

const Ignored = z.unknown().optional();
/** High-resolution alarms are not simulated. */
const Period = z.coerce.number().int().multipleOf(60).min(60);
const Statistic = z.enum(['Sum', 'Minimum', 'Maximum', 'SampleCount', 'Average']);
const Dimensions = z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]);
const Comparison = z.enum(Object.keys(COMPARISONS).filter(isComparison));

const Actions = z.array(z.string()).default([]);

const Texts = z.strictObject({
  AlarmName: z.string().optional(),
  AlarmDescription: z.string().optional(),
  ActionsEnabled: z.boolean().default(true),
  AlarmActions: Actions,
  OKActions: Actions,
  InsufficientDataActions: Actions,
  Tags,
});

const Common = Texts.extend({
  EvaluationPeriods: z.coerce.number().int().min(1),
  DatapointsToAlarm: z.coerce.number().int().min(1).optional(),
  Threshold: z.coerce.number(),
  ComparisonOperator: Comparison,
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'missing']).default('missing'),
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
      const [made, ...more] = entries.flatMap((one) => ('Expression' in one ? one : []));
      const ids = metrics.map(({ id }) => id);
      const math = made && metricMath(made.Expression, ids);
      if (math && more.length === 0) {
        return { metrics, math, expression: { id: made.Id, text: made.Expression } };
      }
      const unknown = [made, ...more].map((one) => one?.Expression).join(', ');
      context.addIssue(`the simulator does not know the expression ${unknown}`);
      return z.NEVER;
    }),
});

const OfAlarms = Texts.extend({ AlarmRule: z.string() });

/** AWS::CloudWatch::CompositeAlarm */
export const compositeAlarm: ResourceKind = {
  identify: identifyAlarm,
  deploy(resource, { cloud }) {
    const properties = parseProperties(OfAlarms, resource);
    const { AlarmRule: ruleText } = properties;
    try {
      const rule = alarmRule(ruleText);
      cloud.cloudwatch.addCompositeAlarm({ ...textsOf(properties, resource), rule, ruleText });
    } catch (error) {
      if (!(error instanceof AlarmRuleError)) throw error;
      throw new TemplateError(`${resource.where}: ${error.message}`);
    }
  },
  update: (resource, stack) => compositeAlarm.deploy?.(resource, stack),
  remove: ({ identity }, { cloud }) => cloud.cloudwatch.removeAlarm(identity().ref),
};

/** AWS::CloudWatch::Alarm on a metric, or on one of the expressions that the simulator knows. */
export const cloudwatchAlarm: ResourceKind = {
  identify: identifyAlarm,
  deploy(resource, { cloud }) {
    const isOfSeveral = z.looseObject({ Metrics: z.unknown() }).safeParse(resource.properties())
      .data?.Metrics;
    const properties =
      isOfSeveral === undefined
        ? { ...parseProperties(OfOneMetric, resource), Metrics: undefined }
        : parseProperties(OfSeveral, resource);
    const { EvaluationPeriods: evaluationPeriods } = properties;
    cloud.cloudwatch.addAlarm({
      ...textsOf(properties, resource),
      ...(properties.Metrics ?? { metrics: [metricOf(properties)] }),
      evaluationPeriods,
      datapointsToAlarm: properties.DatapointsToAlarm ?? evaluationPeriods,
      threshold: properties.Threshold,
      comparison: properties.ComparisonOperator,
      treatMissingData: properties.TreatMissingData,
    });
  },
  update: (resource, stack) => cloudwatchAlarm.deploy?.(resource, stack),
  remove: ({ identity }, { cloud }) => cloud.cloudwatch.removeAlarm(identity().ref),
};

function identifyAlarm({ name, account: { partition, region, id } }: UnnamedResource) {
  const ref = name('AlarmName', { longest: 255 });
  return { ref, attributes: { Arn: `arn:${partition}:cloudwatch:${region}:${id}:alarm:${ref}` } };
}

function textsOf(properties: z.infer<typeof Texts>, { identity }: StackResource) {
  return {
    name: identity().ref,
    description: properties.AlarmDescription,
    actionsEnabled: properties.ActionsEnabled,
    alarmActions: properties.AlarmActions,
    okActions: properties.OKActions,
    insufficientDataActions: properties.InsufficientDataActions,
    tags: tagsIn(properties.Tags),
  };
}

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
