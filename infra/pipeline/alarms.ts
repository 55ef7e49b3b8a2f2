import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { homeOf } from '../arns.ts';
import type { PipelineFunction } from '../constructs/pipeline-function.ts';
import { impactAlarm, silenceAlarm } from '../constructs/impact-alarm.ts';
import { monitoringOf, type VoicemailConfig } from '../config.ts';
import { opensLinks } from '../link-settings.ts';
import {
  EMAIL_ALARMS,
  ESSENTIAL_ALARMS,
  LINK_ALARMS,
  RECORD_ALARMS,
  RETRY_ALARMS,
  SILENCE_ALARMS,
  THROTTLE_ALARMS,
  VOICEMAIL_ALARMS,
} from '../impact.ts';
import { deploymentsOf } from './deployments.ts';
import { METRICS } from './functions.ts';
import type { StackParts } from './stack-parts.ts';

/**
 * Alarms on voicemails, beside those that every function and queue brings along: records that wait, voicemails that
 * only a person can help, links, and silence where there should be none. With full monitoring, one for each cause, and
 * those on what passes by itself.
 */
export function watchVoicemails(parts: StackParts): void {
  const alarms = new Construct(parts.scope, 'voicemails');
  watchArrival(alarms, parts);
  if (monitoringOf(parts.config) === 'full') watchCauses(alarms, parts);
  else watchNeeds(alarms);
  watchLinks(alarms, parts.config);
}

/** Where there are none, nothing counts them. */
function watchLinks(alarms: Construct, config: VoicemailConfig): void {
  if (opensLinks(config)) {
    impactAlarm(alarms, 'LinksFailed', {
      ...LINK_ALARMS.LinksFailed,
      metric: counted('LinksFailed', PERIOD),
      threshold: 1,
    });
  }
  if (opensLinks(config) && monitoringOf(config) === 'full') {
    impactAlarm(alarms, 'LinksRefused', {
      ...LINK_ALARMS.LinksRefused,
      metric: counted('LinksRefused', PERIOD),
      threshold: REFUSALS_TO_WORRY,
    });
  }
}

/** Contact records that come late, not at all, or unread; and voicemails that nobody pushes. */
function watchArrival(alarms: Construct, { config, functionOf }: StackParts): void {
  const contactRecords = functionOf('contact-records');
  impactAlarm(alarms, 'Behind', {
    ...RECORD_ALARMS.late,
    metric: contactRecords.function.metric('IteratorAge', { statistic: 'Maximum', period: PERIOD }),
    threshold: Duration.minutes(10).toMilliseconds(),
  });
  const { calls, records, read } = recordMetrics(config, contactRecords);
  impactAlarm(alarms, 'NoRecords', {
    ...SILENCE_ALARMS.records,
    metric: standstill({ came: calls, wentOn: records }),
    threshold: 1,
    periods: HOURS_OF_SILENCE,
  });
  impactAlarm(alarms, 'NoReader', {
    ...SILENCE_ALARMS.readers,
    metric: standstill({ came: records, wentOn: read }),
    threshold: 1,
    periods: HOURS_OF_SILENCE,
  });
  silenceAlarm(alarms, 'SweepSilent', {
    ...SILENCE_ALARMS.sweep,
    metric: functionOf('sweep').function.metricInvocations({ period: Duration.minutes(15) }),
  });
}

function watchNeeds(alarms: Construct): void {
  for (const [metricName, texts] of Object.entries(ESSENTIAL_ALARMS)) {
    impactAlarm(alarms, metricName, { ...texts, metric: counted(metricName, PERIOD), threshold: 1 });
  }
}

function watchCauses(alarms: Construct, { config, functionOf }: StackParts): void {
  for (const [metricName, texts] of Object.entries({
    ...VOICEMAIL_ALARMS,
    ...(config.email && EMAIL_ALARMS),
  })) {
    impactAlarm(alarms, metricName, { ...texts, metric: counted(metricName, PERIOD), threshold: 1 });
  }
  for (const [metricName, texts] of Object.entries(RETRY_ALARMS)) {
    const metric = counted(metricName, Duration.minutes(15));
    impactAlarm(alarms, metricName, { ...texts, metric, threshold: RETRIES_TO_WORRY });
  }
  impactAlarm(alarms, 'PipelineThrottled', {
    ...THROTTLE_ALARMS.pipeline,
    metric: throttles({ config, functionOf }, { isForPeople: false }),
    threshold: THROTTLES_TO_WORRY,
  });
  impactAlarm(alarms, 'PeopleThrottled', {
    ...THROTTLE_ALARMS.people,
    metric: throttles({ config, functionOf }, { isForPeople: true }),
    threshold: 1,
  });
}

/** Functions together: an alarm can look at ten metrics at most. A function that did not run says nothing. */
function throttles(
  { config, functionOf }: Pick<StackParts, 'config' | 'functionOf'>,
  { isForPeople }: { readonly isForPeople: boolean },
): MathExpression {
  const meant = [...deploymentsOf(config)].filter(
    ([, deployment]) => (deployment.isForPeople ?? false) === isForPeople,
  );
  return new MathExpression({
    expression: 'SUM(FILL(METRICS(), 0))',
    usingMetrics: Object.fromEntries(
      meant.map(([bundle]) => [
        idOf(bundle),
        functionOf(bundle).function.metricThrottles({ period: PERIOD }),
      ]),
    ),
    period: PERIOD,
  });
}

const PERIOD = Duration.minutes(5);

/**
 * A record comes when its call is over, so one hour may have a call and the next one its
 * record. In three on end only calls of more than two hours could look like silence.
 */
const HOURS_OF_SILENCE = 3;

/** On their way in: calls of the instance, their records on the stream, and records that were read from there. */
function recordMetrics(config: VoicemailConfig, contactRecords: PipelineFunction) {
  const { instanceArn, contactRecordStreamArn: streamArn } = config;
  const [, StreamName = ''] = streamArn.split('/');
  const hourly = { statistic: 'Sum', period: Duration.hours(1) };
  return {
    calls: new Metric({
      namespace: 'AWS/Connect',
      metricName: 'CallsPerInterval',
      dimensionsMap: { InstanceId: homeOf(instanceArn).instanceId, MetricGroup: 'VoiceCalls' },
      ...hourly,
    }),
    records: new Metric({
      namespace: 'AWS/Kinesis',
      metricName: 'IncomingRecords',
      dimensionsMap: { StreamName },
      ...hourly,
    }),
    read: new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'PolledEventCount',
      dimensionsMap: { EventSourceMappingUUID: readerOf(contactRecords).ref },
      ...hourly,
    }),
  };
}

/** What reads the contact record stream for its function. */
function readerOf(contactRecords: PipelineFunction): CfnEventSourceMapping {
  const reader = contactRecords.node.children.find((child) => child instanceof CfnEventSourceMapping);
  if (!reader) throw new Error('contact-records has no event source mapping');
  return reader;
}

/** 1 in an hour in which the first metric counts something and the second nothing; else 0. */
function standstill(usingMetrics: { readonly came: Metric; readonly wentOn: Metric }): MathExpression {
  return new MathExpression({
    expression: 'IF(FILL(came, 0) > 0 AND FILL(wentOn, 0) == 0, 1, 0)',
    usingMetrics,
    period: Duration.hours(1),
  });
}

/** `deliver-voicemail` becomes `deliver_voicemail`: the id of a metric in an expression. */
function idOf(bundle: string): string {
  return bundle.replaceAll('-', '_');
}

/** Links that a mail program cut short are an ordinary day; nobody happens on fifty in five minutes. */
const REFUSALS_TO_WORRY = 50;

/** Queues ask for more than Lambda gives them while they grow; that passes by itself. */
const THROTTLES_TO_WORRY = 5;

/** A few are an ordinary day: a throttled call, an event that came twice at once. */
const RETRIES_TO_WORRY = 10;

/** What the functions count, all of them together. */
function counted(metricName: string, period: Duration): Metric {
  const dimensionsMap = { service: METRICS.service };
  return new Metric({ namespace: METRICS.namespace, metricName, dimensionsMap, statistic: 'Sum', period });
}
