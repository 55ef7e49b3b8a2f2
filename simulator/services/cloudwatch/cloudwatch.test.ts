import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../../clock.ts';
import { createHappenings, type Happening } from '../../happenings.ts';
import type { AlarmSettings } from './alarm.ts';
import { createCloudwatch } from './cloudwatch.ts';
import { metricMath } from './metric-math.ts';
import type { MetricName } from './metric-store.ts';

const MINUTE_MS = 60_000;
const PARKED = { namespace: 'Acme', name: 'Parked', dimensions: { service: 'voicemail' } };
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:111122223333:deliveries';

test('a metric in a log line sets off its alarm, which ends with the period', (t) => {
  const { clock, happenings, changes } = cloudwatch(t, alarmOn(PARKED));

  const line = embedded(clock.now(), { Parked: 1 });
  happenings.tell({ kind: 'log', atMs: clock.now(), functionId: 'sweep', line });
  clock.advance(12 * MINUTE_MS);

  assert.deepEqual(changes(), ['ALARM', 'OK']);
});

test('lines without metrics, or with other dimensions, do not change an alarm', (t) => {
  const { clock, happenings, changes } = cloudwatch(t, alarmOn(PARKED));

  const elsewhere = embedded(clock.now(), { Parked: 1 }).replace('"voicemail"', '"elsewhere"');
  for (const line of ['text', '{"_aws":1}', '{"_aws"', elsewhere]) {
    happenings.tell({ kind: 'log', atMs: clock.now(), functionId: 'sweep', line });
  }
  clock.advance(6 * MINUTE_MS);

  assert.deepEqual(changes(), ['OK']);
});

test('Lambda reports errors and throttles under the function’s name, and an alarm may add them up', (t) => {
  const metrics = ['first', 'second'].map((FunctionName) => ({
    id: FunctionName,
    namespace: 'AWS/Lambda',
    name: 'Throttles',
    dimensions: { FunctionName },
    statistic: 'Sum' as const,
    periodSeconds: 300,
  }));
  const math = metricMath('SUM(FILL(METRICS(), 0))', ['first', 'second']);
  const { clock, happenings, changes } = cloudwatch(t, {
    ...alarmOn(PARKED),
    metrics,
    ...(math && { math }),
    threshold: 2,
  });

  happenings.tell({ kind: 'throttle', atMs: clock.now(), functionId: 'id-of-first' });
  clock.advance(2 * MINUTE_MS);
  assert.deepEqual(changes(), ['OK']);
  happenings.tell({ kind: 'throttle', atMs: clock.now(), functionId: 'id-of-second' });
  clock.advance(2 * MINUTE_MS);

  assert.deepEqual(changes(), ['OK', 'ALARM']);
});

test('Amazon Connect counts the calls of its instance', (t) => {
  const calls = {
    namespace: 'AWS/Connect',
    name: 'CallsPerInterval',
    dimensions: { InstanceId: 'instance-1', MetricGroup: 'VoiceCalls' },
  };
  const { clock, happenings, changes } = cloudwatch(t, alarmOn(calls));

  happenings.tell({ kind: 'ring', atMs: clock.now(), contactId: 'contact-1', from: '+15555550142' });
  clock.advance(2 * MINUTE_MS);

  assert.deepEqual(changes(), ['ALARM']);
});

test('a queue is measured every minute', (t) => {
  const age = {
    namespace: 'AWS/SQS',
    name: 'ApproximateAgeOfOldestMessage',
    dimensions: { QueueName: 'deliveries' },
  };
  const alarm = alarmOn(age);
  const metrics = [{ ...age, statistic: 'Maximum' as const, periodSeconds: 60 }];
  const { clock, changes } = cloudwatch(t, { ...alarm, metrics, threshold: 180 });

  clock.advance(2 * MINUTE_MS);
  assert.deepEqual(changes(), ['OK']);
  clock.advance(2 * MINUTE_MS);

  assert.deepEqual(changes(), ['OK', 'ALARM']);
});

test('as many periods must be bad as the alarm asks for, and missing data counts as configured', (t) => {
  const twoOfThree = { ...alarmOn(PARKED), evaluationPeriods: 3, datapointsToAlarm: 2 };
  const bad = cloudwatch(t, twoOfThree);
  const silent = cloudwatch(t, { ...twoOfThree, treatMissingData: 'breaching' });
  const unknown = cloudwatch(t, { ...twoOfThree, treatMissingData: 'missing' });

  for (const minutes of [0, 6]) {
    bad.clock.advance(minutes * MINUTE_MS);
    assert.ok(!bad.changes().includes('ALARM'));
    bad.put(1);
  }
  for (const one of [bad, silent, unknown]) one.clock.advance(MINUTE_MS);

  assert.equal(bad.changes().at(-1), 'ALARM');
  assert.deepEqual(silent.changes(), [], 'a new alarm waits for a period');
  for (const one of [silent, unknown]) one.clock.advance(5 * MINUTE_MS);
  assert.deepEqual(silent.changes(), ['ALARM']);
  assert.deepEqual(unknown.changes(), []);
});

function alarmOn(metric: MetricName): AlarmSettings {
  return {
    name: 'the alarm',
    metrics: [{ ...metric, statistic: 'Sum', periodSeconds: 300 }],
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    threshold: 1,
    comparison: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
  };
}

function cloudwatch(t: TestContext, alarm: AlarmSettings) {
  const clock = createClock('real');
  t.after(clock.stop);
  const startedAtMs = clock.now();
  const happenings = createHappenings();
  const heard: Happening[] = [];
  happenings.listen((one) => void heard.push(one));
  const simulated = createCloudwatch({
    clock,
    happenings,
    instanceId: 'instance-1',
    lambda: { nameOf: (id) => id.replace('id-of-', '') },
    sqs: {
      queueArns: () => [QUEUE_ARN],
      depth: () => ({ visible: 1, inFlight: 0 }),
      oldestAgeMs: () => clock.now() - startedAtMs,
    },
  });
  simulated.addAlarm(alarm);
  return {
    clock,
    happenings,
    put: (value: number) => simulated.put({ ...PARKED, value, atMs: clock.now() }),
    changes: () => heard.flatMap((one) => (one.kind === 'alarm' ? [one.state] : [])),
  };
}

function embedded(Timestamp: number, values: Readonly<Record<string, number>>): string {
  const Metrics = Object.keys(values).map((Name) => ({ Name, Unit: 'Count' }));
  const CloudWatchMetrics = [{ Namespace: 'Acme', Dimensions: [['service']], Metrics }];
  return JSON.stringify({ _aws: { Timestamp, CloudWatchMetrics }, service: 'voicemail', ...values });
}
