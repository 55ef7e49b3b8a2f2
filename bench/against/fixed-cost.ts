import { readFileSync } from 'node:fs';
import { built, report } from './tree.ts';

/**
 * What the stack costs a month before the first call, in US dollars of us-east-1, November 2026: alarms, dashboards
 * and secrets of the template, and the metrics that its dashboards and alarms name, as if each had a value in every
 * hour. Storage, and requests of the schedules, cost cents.
 */
const ALARM = 0.1;
const COMPOSITE_ALARM = 0.5;
const DASHBOARD = 3;
const SECRET = 0.4;
const METRIC = 0.3;
const NAMESPACE = 'VoicemailExpress';

const { templateFile } = await built();
const text = readFileSync(templateFile, 'utf8');
const { Resources } = JSON.parse(text) as { Resources: Record<string, { readonly Type: string }> };
const count = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type).length;
/** A dashboard's body is JSON in a text, so that its quotes are escaped. */
const named = new RegExp(`\\\\?"${NAMESPACE}\\\\?"\\s*,\\s*\\\\?"([A-Za-z]+)\\\\?"`, 'g');
const inAlarms = Object.values(Resources).flatMap((resource) => {
  const { Namespace, MetricName } = (resource as { Properties?: Record<string, unknown> }).Properties ?? {};
  return Namespace === NAMESPACE ? [String(MetricName)] : [];
});
const metrics = new Set([...[...text.matchAll(named)].map(([, metric = '']) => metric), ...inAlarms]);

report({
  Alarms: count('AWS::CloudWatch::Alarm'),
  'Composite alarms': count('AWS::CloudWatch::CompositeAlarm'),
  'Custom metrics named': metrics.size,
  'Fixed cost a month, US dollars':
    count('AWS::CloudWatch::Alarm') * ALARM +
    count('AWS::CloudWatch::CompositeAlarm') * COMPOSITE_ALARM +
    count('AWS::CloudWatch::Dashboard') * DASHBOARD +
    count('AWS::SecretsManager::Secret') * SECRET +
    metrics.size * METRIC,
});
