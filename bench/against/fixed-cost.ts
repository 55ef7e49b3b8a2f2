import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { built, report } from './tree.ts';

/**
 * What the stack costs a month before the first call, in US dollars of us-east-1, November 2026: alarms, dashboards
 * and secrets of the template, and the metrics that its dashboards and alarms name, as if each had a value in every
 * hour. Storage, and requests of the schedules, cost cents.
 */
/** An alarm costs this for each metric that it looks at. */
const ALARM_METRIC = 0.1;
const COMPOSITE_ALARM = 0.5;
const DASHBOARD = 3;
const SECRET = 0.4;
const METRIC = 0.3;
const NAMED = z.object({ Namespace: z.string(), MetricName: z.string() });
const QUERIES = z.object({
  Metrics: z.array(z.object({ MetricStat: z.object({ Metric: NAMED }).optional() })),
});
const RESOURCES = z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() }));

const { templateFile } = await built();
const template: unknown = JSON.parse(readFileSync(templateFile, 'utf8'));
const resources = Object.values(z.object({ Resources: RESOURCES }).parse(template).Resources);
const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
const watched = ofType('AWS::CloudWatch::Alarm').flatMap(({ Properties }) => metricsWatched(Properties));
/** A dashboard's body is JSON in a text, so that its quotes are escaped. */
const bodies = JSON.stringify(ofType('AWS::CloudWatch::Dashboard'));
const onDashboard = bodies.matchAll(/"VoicemailExpress\\*"\s*,\s*\\*"([A-Za-z]+)\\*"/g);
const custom = new Set([
  ...[...onDashboard].map(([, metric = '']) => metric),
  ...watched.flatMap(({ Namespace, MetricName }) => (Namespace === 'VoicemailExpress' ? [MetricName] : [])),
]);

report({
  Alarms: ofType('AWS::CloudWatch::Alarm').length,
  'Custom metrics named': custom.size,
  'Fixed cost a month, US dollars':
    watched.length * ALARM_METRIC +
    ofType('AWS::CloudWatch::CompositeAlarm').length * COMPOSITE_ALARM +
    ofType('AWS::CloudWatch::Dashboard').length * DASHBOARD +
    ofType('AWS::SecretsManager::Secret').length * SECRET +
    custom.size * METRIC,
});

function metricsWatched(properties: unknown): readonly z.infer<typeof NAMED>[] {
  const one = NAMED.safeParse(properties).data;
  const several = QUERIES.safeParse(properties).data?.Metrics.map(({ MetricStat }) => MetricStat?.Metric);
  return [one, ...(several ?? [])].flatMap((metric) => metric ?? []);
}
