import { z } from 'zod';

/** What of a template costs before the first call, counted. */
export interface FixedResources {
  readonly alarms: number;
  /** An alarm costs for each metric that it looks at. */
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  readonly secrets: number;
  /** The custom metrics that its alarms and dashboards name, as if each had a value in every hour. */
  readonly customMetrics: number;
  /** Queues that Lambda polls, also while they are empty. */
  readonly polledQueues: number;
}

const NAMED = z.object({ Namespace: z.string(), MetricName: z.string() });
const QUERIES = z.object({
  Metrics: z.array(z.object({ MetricStat: z.object({ Metric: NAMED }).optional() })),
});
const RESOURCES = z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() }));
const TEMPLATE = z.object({ Resources: RESOURCES });
const FROM_QUEUE = z.object({
  EventSourceArn: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
});
const NAMESPACE = 'VoicemailExpress';

/** Throws ZodError for anything but a template. */
export function fixedResources(template: unknown): FixedResources {
  const resources = Object.values(TEMPLATE.parse(template).Resources);
  const propertiesOf = (type: string) =>
    resources.flatMap((one) => (one.Type === type ? [one.Properties] : []));
  const watched = propertiesOf('AWS::CloudWatch::Alarm').flatMap(metricsWatched);
  const dashboards = propertiesOf('AWS::CloudWatch::Dashboard');
  const custom = new Set([
    ...metricsShown(dashboards),
    ...watched.flatMap(({ Namespace, MetricName }) => (Namespace === NAMESPACE ? [MetricName] : [])),
  ]);
  return {
    alarms: propertiesOf('AWS::CloudWatch::Alarm').length,
    alarmMetrics: watched.length,
    compositeAlarms: propertiesOf('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: dashboards.length,
    secrets: propertiesOf('AWS::SecretsManager::Secret').length,
    customMetrics: custom.size,
    // That of contact records names a stream by its ARN, and Lambda reads a stream for nothing.
    polledQueues: propertiesOf('AWS::Lambda::EventSourceMapping').filter(
      (mapping) => FROM_QUEUE.safeParse(mapping).success,
    ).length,
  };
}

/** A dashboard's body is JSON in a text, so that its quotes are escaped. */
function metricsShown(dashboards: readonly unknown[]): readonly string[] {
  const shown = JSON.stringify(dashboards).matchAll(/"VoicemailExpress\\*"\s*,\s*\\*"([A-Za-z]+)\\*"/g);
  return [...shown].map(([, metric = '']) => metric);
}

function metricsWatched(properties: unknown): readonly z.infer<typeof NAMED>[] {
  const one = NAMED.safeParse(properties).data;
  const several = QUERIES.safeParse(properties).data?.Metrics.map(({ MetricStat }) => MetricStat?.Metric);
  return [one, ...(several ?? [])].flatMap((metric) => metric ?? []);
}
