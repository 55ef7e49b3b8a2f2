import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  ListMetricStreamsCommand,
} from '@aws-sdk/client-cloudwatch';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import type { AlarmSettings } from '../../simulator/services/cloudwatch/alarm.ts';
import { alarmRule } from '../../simulator/services/cloudwatch/alarm-rule.ts';
import { createCloudwatch } from '../../simulator/services/cloudwatch/cloudwatch.ts';
import { metricMath } from '../../simulator/services/cloudwatch/metric-math.ts';
import { answered, startTarget } from './setup.ts';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alarms';
const ERRORS = { namespace: 'Acme', name: 'Errors', dimensions: { service: 'voicemail' } };
const onErrors = (name: string): AlarmSettings => ({
  name,
  description: `${name}. Agents notice.`,
  alarmActions: [TOPIC],
  metrics: [{ ...ERRORS, statistic: 'Sum', periodSeconds: 60 }],
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  threshold: 1,
  comparison: 'GreaterThanOrEqualToThreshold',
  treatMissingData: 'notBreaching',
});

/** Metrics are put within the process: all of this needs the simulator. */
async function acme(t: TestContext, alarms: readonly AlarmSettings[]) {
  const clock = createClock('fast');
  const happenings = createHappenings();
  const sqs = { queueArns: () => [], depth: () => ({ visible: 0, inFlight: 0 }), oldestAgeMs: () => 0 };
  const lambda = { nameOf: (id: string) => id };
  const cloudwatch = createCloudwatch({ clock, happenings, instanceId: 'i', lambda, sqs });
  for (const alarm of alarms) cloudwatch.addAlarm(alarm);
  const ruleText = 'ALARM("Acme: one") AND NOT ALARM("Acme: two")';
  cloudwatch.addCompositeAlarm({ name: 'Acme: both', rule: alarmRule(ruleText), ruleText });
  const { client: settings, gateway, close } = await startTarget([cloudwatch.service], { clock, happenings });
  t.after(async () => {
    clock.stop();
    await close();
  });
  const client = new CloudWatchClient(settings);
  const describe = (input: DescribeAlarmsCommandInput = {}) => client.send(new DescribeAlarmsCommand(input));
  return { clock, cloudwatch, client, settings, gateway, describe };
}

test('an alarm is described with its state, since when, and whom it tells', async (t) => {
  const { clock, cloudwatch, describe } = await acme(t, [onErrors('Acme: one')]);
  const { MetricAlarms: before } = await describe();

  cloudwatch.put({ ...ERRORS, value: 1, atMs: clock.now() });
  clock.advance(60_000);
  const { MetricAlarms: after, CompositeAlarms } = await describe();

  assert.equal(before?.[0]?.StateValue, 'INSUFFICIENT_DATA');
  assert.partialDeepStrictEqual(after, [
    {
      AlarmName: 'Acme: one',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:Acme: one',
      AlarmDescription: 'Acme: one. Agents notice.',
      ActionsEnabled: true,
      AlarmActions: [TOPIC],
      StateValue: 'ALARM',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'service', Value: 'voicemail' }],
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    },
  ]);
  assert.ok(after?.[0]?.StateUpdatedTimestamp instanceof Date);
  assert.deepEqual(CompositeAlarms, []);
});

test('a composite alarm follows those that it names, and is answered if it is asked for', async (t) => {
  const { clock, cloudwatch, describe } = await acme(t, [onErrors('Acme: one')]);

  cloudwatch.put({ ...ERRORS, value: 1, atMs: clock.now() });
  clock.advance(60_000);
  const { CompositeAlarms, MetricAlarms } = await describe({ AlarmTypes: ['CompositeAlarm'] });

  assert.partialDeepStrictEqual(CompositeAlarms, [
    {
      AlarmName: 'Acme: both',
      StateValue: 'ALARM',
      AlarmRule: 'ALARM("Acme: one") AND NOT ALARM("Acme: two")',
    },
  ]);
  assert.deepEqual(MetricAlarms, []);
});

test('an alarm on several metrics lists them with what is reckoned from them', async (t) => {
  const { metrics, ...rest } = onErrors('Acme: sum');
  const [metric] = metrics;
  const math = metricMath('SUM(FILL(METRICS(), 0))', ['a']);
  const several = {
    ...rest,
    metrics: metric ? [{ ...metric, id: 'a' }] : [],
    ...(math && { math }),
    expression: { id: 'sum', text: 'SUM(FILL(METRICS(), 0))' },
  };
  const { describe } = await acme(t, [several]);

  const { MetricAlarms } = await describe();

  assert.partialDeepStrictEqual(MetricAlarms?.[0]?.Metrics, [
    { Id: 'sum', Expression: 'SUM(FILL(METRICS(), 0))', ReturnData: true },
    { Id: 'a', MetricStat: { Metric: { MetricName: 'Errors' }, Period: 60, Stat: 'Sum' }, ReturnData: false },
  ]);
});

test('alarms are found by name, prefix, state and action, in pages', async (t) => {
  const { clock, describe } = await acme(t, [
    onErrors('Acme: one'),
    onErrors('Acme: two'),
    onErrors('Other'),
  ]);
  clock.advance(60_000);
  const namesOf = async (input: DescribeAlarmsCommandInput) =>
    (await describe(input)).MetricAlarms?.map(({ AlarmName }) => AlarmName);

  const first = await describe({ MaxRecords: 2 });
  const rest = await describe({ MaxRecords: 2, NextToken: first.NextToken });

  assert.deepEqual([first.MetricAlarms?.length, rest.MetricAlarms?.length], [2, 1]);
  assert.equal(rest.NextToken, undefined);
  assert.deepEqual(await namesOf({ AlarmNamePrefix: 'Acme: ' }), ['Acme: one', 'Acme: two']);
  assert.deepEqual(await namesOf({ AlarmNames: ['Other'], StateValue: 'OK' }), ['Other']);
  assert.deepEqual(await namesOf({ StateValue: 'ALARM' }), []);
  assert.deepEqual(await namesOf({ ActionPrefix: 'arn:aws:lambda:' }), []);
  await assert.rejects(describe({ NextToken: 'x' }), { name: 'InvalidNextToken' });
});

test('alarms need a permission, and an operation that is not there is not known', async (t) => {
  const { client, settings, gateway } = await acme(t, []);
  const credentials = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/nobody',
    statements: [{ Effect: 'Allow', Action: 'cloudwatch:GetMetricData', Resource: '*' }],
  });
  const denied = new CloudWatchClient({ ...settings, credentials });

  await assert.rejects(denied.send(new DescribeAlarmsCommand({})), { name: /^AccessDenied/ });
  await assert.rejects(client.send(new ListMetricStreamsCommand({})), (error) => {
    assert.match(String(error), /does not know this operation of monitoring: .*ListMetricStreams$/);
    return answered(501, 'UnknownOperationException')(error);
  });
});
