import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { impactAlarm } from '../constructs/impact-alarm.ts';
import { RECORD_ALARMS, VOICEMAIL_ALARMS } from '../impact.ts';
import { type Functions, METRICS } from './functions.ts';

/**
 * Alarms on voicemails, beside those that every function and queue brings along:
 * records that wait, and voicemails that ended where only a person can help.
 */
export function watchVoicemails(scope: Construct, functions: Functions): void {
  const alarms = new Construct(scope, 'voicemails');
  const period = Duration.minutes(5);

  impactAlarm(alarms, 'Behind', {
    ...RECORD_ALARMS.late,
    metric: functions['contact-records'].function.metric('IteratorAge', { statistic: 'Maximum', period }),
    threshold: Duration.minutes(10).toMilliseconds(),
  });

  for (const [metricName, texts] of Object.entries(VOICEMAIL_ALARMS)) {
    const metric = new Metric({
      namespace: METRICS.namespace,
      metricName,
      dimensionsMap: { service: METRICS.service },
      statistic: 'Sum',
      period,
    });
    impactAlarm(alarms, metricName, { ...texts, metric, threshold: 1 });
  }
}
