import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  type GetMetricStatisticsCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createCloudwatch } from '../../simulator/services/cloudwatch/cloudwatch.ts';
import { answered, startTarget } from './setup.ts';

const HOUR_MS = 3_600_000;
/** A whole hour. */
const START_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS;

test('values of a metric are answered by period, and a period without any is left out', async (t) => {
  const clock = createClock('real');
  const nothing = { queueArns: () => [], depth: () => ({ visible: 0, inFlight: 0 }), oldestAgeMs: () => 0 };
  const cloudwatch = createCloudwatch({
    clock,
    happenings: createHappenings(),
    instanceId: 'a1b2c3d4-0000-4000-8000-00000000aaaa',
    lambda: { nameOf: (id) => id },
    sqs: nothing,
  });
  const metric = { namespace: 'AWS/Lambda', name: 'IteratorAge', dimensions: { FunctionName: 'records' } };
  for (const [minute, value] of [
    [0, 100],
    [4, 900],
    [11, 50],
  ] as const) {
    cloudwatch.put({ ...metric, value, atMs: START_MS + minute * 60_000 });
  }
  const target = await startTarget([cloudwatch.service], { clock });
  t.after(target.close);
  const client = new CloudWatchClient({ ...target.client, maxAttempts: 1 });
  const statistics = (changes: Partial<GetMetricStatisticsCommandInput> = {}) =>
    client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/Lambda',
        MetricName: 'IteratorAge',
        Dimensions: [{ Name: 'FunctionName', Value: 'records' }],
        StartTime: new Date(START_MS),
        EndTime: new Date(START_MS + 15 * 60_000),
        Period: 300,
        Statistics: ['Maximum', 'SampleCount'],
        ...changes,
      }),
    );

  const { Datapoints = [], Label } = await statistics();
  const ofAnother = await statistics({ Dimensions: [{ Name: 'FunctionName', Value: 'others' }] });

  assert.equal(Label, 'IteratorAge');
  assert.deepEqual(
    Datapoints.map(({ Timestamp, Maximum, SampleCount }) => [
      Number(Timestamp) - START_MS,
      Maximum,
      SampleCount,
    ]),
    [
      [0, 900, 2],
      [600_000, 50, 1],
    ],
  );
  assert.deepEqual(ofAnother.Datapoints, []);
  const backwards = { StartTime: new Date(START_MS), EndTime: new Date(START_MS - HOUR_MS) };
  await assert.rejects(statistics(backwards), answered(400, 'InvalidParameterCombinationException'));
  await assert.rejects(statistics({ Period: 90 }), answered(400, 'InvalidParameterValueException'));
});
