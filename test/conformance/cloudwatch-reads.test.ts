import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  type DescribeAlarmHistoryCommandInput,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  ListDashboardsCommand,
  ListMetricsCommand,
  ListTagsForResourceCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import type { AlarmSettings } from '../../simulator/services/cloudwatch/alarm.ts';
import { createCloudwatch } from '../../simulator/services/cloudwatch/cloudwatch.ts';
import { answered, startTarget } from './setup.ts';

const MINUTE_MS = 60_000;
const ERRORS = { namespace: 'Acme', name: 'Errors', dimensions: { service: 'voicemail' } };
const NAMED = {
  Namespace: 'Acme',
  MetricName: 'Errors',
  Dimensions: [{ Name: 'service', Value: 'voicemail' }],
};
const ALARM_ARN = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:errors';

const onErrors: AlarmSettings = {
  name: 'errors',
  metrics: [{ ...ERRORS, statistic: 'Sum', periodSeconds: 60 }],
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  threshold: 1,
  comparison: 'GreaterThanOrEqualToThreshold',
  treatMissingData: 'notBreaching',
  tags: { team: 'acme' },
};

/** In each protocol that an SDK may speak to CloudWatch. */
for (const protocol of ['JSON', 'CBOR'] as const) {
  const acme = (t: TestContext) => startAcme(t, protocol);

  test(`${protocol}: metrics are listed by namespace, name and dimension, in pages`, async (t) => {
    const { client, cloudwatch, clock } = await acme(t);
    const atMs = clock.now();
    cloudwatch.put({ ...ERRORS, value: 1, atMs });
    cloudwatch.put({ ...ERRORS, namespace: 'Other', value: 1, atMs: atMs - 4 * 3_600_000 });
    for (let count = 0; count < 500; count += 1) {
      cloudwatch.put({ namespace: 'Many', name: `m${count}`, dimensions: {}, value: 1, atMs });
    }
    const list = async (input: object) => (await client.send(new ListMetricsCommand(input))).Metrics;

    const first = await client.send(new ListMetricsCommand({}));
    const second = await client.send(new ListMetricsCommand({ NextToken: first.NextToken }));

    assert.deepEqual([first.Metrics?.length, second.Metrics?.length, second.NextToken], [500, 2, undefined]);
    assert.deepEqual(await list({ Namespace: 'Acme' }), [NAMED]);
    assert.deepEqual(await list({ MetricName: 'Errors', RecentlyActive: 'PT3H' }), [NAMED]);
    assert.equal((await list({ Dimensions: [{ Name: 'service' }] }))?.length, 2);
    assert.deepEqual(await list({ Dimensions: [{ Name: 'service', Value: 'x' }] }), []);
    await assert.rejects(list({ NextToken: 'x' }), { name: 'InvalidParameterValueException' });
  });

  test(`${protocol}: values are answered by period, newest first, with the expression on them`, async (t) => {
    const { client, cloudwatch, startMs } = await acme(t);
    for (const [minute, value] of [1, 0, 3].entries()) {
      cloudwatch.put({ ...ERRORS, value, atMs: startMs + minute * MINUTE_MS });
    }
    const ask = (input: Partial<GetMetricDataCommandInput> = {}) =>
      client.send(
        new GetMetricDataCommand({
          StartTime: new Date(startMs),
          EndTime: new Date(startMs + 10 * MINUTE_MS),
          MetricDataQueries: [
            { Id: 'e', MetricStat: { Metric: NAMED, Period: 60, Stat: 'Sum' } },
            { Id: 'all', Expression: 'SUM(FILL(METRICS(), 0))', Label: 'All' },
          ],
          ...input,
        }),
      );

    const { MetricDataResults: [errors, all] = [] } = await ask();
    const first = await ask({ MaxDatapoints: 2, ScanBy: 'TimestampAscending' });
    const rest = await ask({
      MaxDatapoints: 2,
      ScanBy: 'TimestampAscending',
      NextToken: first.NextToken,
    });

    assert.partialDeepStrictEqual(errors, { Id: 'e', Label: 'Errors', Values: [3, 0, 1] });
    assert.deepEqual(
      errors?.Timestamps?.map(Number),
      [2, 1, 0].map((one) => startMs + one * MINUTE_MS),
    );
    assert.partialDeepStrictEqual(all, { Label: 'All', Values: [3, 0, 1], StatusCode: 'Complete' });
    assert.deepEqual(first.MetricDataResults?.[0]?.Values, [1, 0]);
    assert.equal(first.MetricDataResults?.[0]?.StatusCode, 'PartialData');
    assert.deepEqual(rest.MetricDataResults?.[0]?.Values, [3]);
    await assert.rejects(ask({ NextToken: 'x' }), { name: 'InvalidNextToken' });
    const search = { MetricDataQueries: [{ Id: 's', Expression: 'SEARCH("x", "Sum")' }] };
    await assert.rejects(ask(search), (error) => {
      assert.match(String(error), /GetMetricData: the simulator does not know the expression SEARCH/);
      return answered(501, 'UnknownOperationException')(error);
    });
  });

  test(`${protocol}: a state that is set lasts until the alarm is looked at, and is history`, async (t) => {
    const { client, clock } = await acme(t);
    clock.advance(MINUTE_MS);
    const set = (AlarmName: string) =>
      client.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'a drill' }));
    const stateOf = async () => (await client.send(new DescribeAlarmsCommand({}))).MetricAlarms?.[0];
    const history = (input: DescribeAlarmHistoryCommandInput = {}) =>
      client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'errors', ...input }));

    await set('errors');
    const drill = await stateOf();
    clock.advance(MINUTE_MS);
    const after = await stateOf();
    const { AlarmHistoryItems: states = [] } = await history({ HistoryItemType: 'StateUpdate' });
    const first = await history({ MaxRecords: 1, ScanBy: 'TimestampAscending' });

    assert.partialDeepStrictEqual(drill, { StateValue: 'ALARM', StateReason: 'a drill' });
    assert.equal(after?.StateValue, 'OK');
    assert.deepEqual(
      states.map(({ HistorySummary }) => HistorySummary),
      [
        'Alarm updated from ALARM to OK',
        'Alarm updated from OK to ALARM',
        'Alarm updated from INSUFFICIENT_DATA to OK',
      ],
    );
    assert.ok(states[0]?.Timestamp instanceof Date);
    assert.equal(first.AlarmHistoryItems?.[0]?.HistorySummary, 'Alarm "errors" created');
    assert.ok(first.NextToken);
    await assert.rejects(history({ NextToken: 'x' }), { name: 'InvalidNextToken' });
    await assert.rejects(set('none'), answered(404, 'ResourceNotFound'));
  });

  test(`${protocol}: the alarms of a metric are found, and their actions switched off and on`, async (t) => {
    const { client } = await acme(t);
    const ofMetric = async (input: object = {}) =>
      (await client.send(new DescribeAlarmsForMetricCommand({ ...NAMED, ...input }))).MetricAlarms;
    const AlarmNames = ['errors', 'none'];

    await client.send(new DisableAlarmActionsCommand({ AlarmNames }));
    const off = await ofMetric();
    await client.send(new EnableAlarmActionsCommand({ AlarmNames }));
    const on = await ofMetric();

    assert.partialDeepStrictEqual(off, [{ AlarmName: 'errors', ActionsEnabled: false }]);
    assert.partialDeepStrictEqual(on, [{ AlarmName: 'errors', ActionsEnabled: true }]);
    assert.deepEqual(await ofMetric({ Dimensions: [] }), []);
    assert.deepEqual(await ofMetric({ Period: 300 }), []);
  });

  test(`${protocol}: dashboards are listed and read, and the tags of alarms`, async (t) => {
    const { client, cloudwatch } = await acme(t);
    cloudwatch.addDashboard('acme', '{"widgets":[]}');

    const { DashboardEntries } = await client.send(new ListDashboardsCommand({ DashboardNamePrefix: 'a' }));
    const none = await client.send(new ListDashboardsCommand({ DashboardNamePrefix: 'b' }));
    const found = await client.send(new GetDashboardCommand({ DashboardName: 'acme' }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: ALARM_ARN }));

    assert.partialDeepStrictEqual(DashboardEntries, [
      {
        DashboardName: 'acme',
        DashboardArn: 'arn:aws:cloudwatch::111122223333:dashboard/acme',
        Size: 14,
      },
    ]);
    assert.deepEqual(none.DashboardEntries, []);
    assert.equal(found.DashboardBody, '{"widgets":[]}');
    assert.deepEqual(Tags, [{ Key: 'team', Value: 'acme' }]);
    const other = client.send(new GetDashboardCommand({ DashboardName: 'none' }));
    // The code that the query protocol had, as on AWS.
    await assert.rejects(other, answered(404, 'ResourceNotFound'));
    const untagged = client.send(new ListTagsForResourceCommand({ ResourceARN: `${ALARM_ARN}2` }));
    await assert.rejects(untagged, answered(404, 'ResourceNotFoundException'));
  });

  test(`${protocol}: a role does to alarms what its policies allow`, async (t) => {
    const { gateway, clientOf } = await acme(t);
    const nobody = clientOf(
      gateway.identities.addRole({
        arn: 'arn:aws:iam::111122223333:role/nobody',
        statements: [{ Effect: 'Allow', Action: 'cloudwatch:EnableAlarmActions', Resource: ALARM_ARN }],
      }),
    );
    const { Namespace, MetricName } = NAMED;

    await nobody.send(new EnableAlarmActionsCommand({ AlarmNames: ['errors'] }));

    for (const call of [
      nobody.send(new EnableAlarmActionsCommand({ AlarmNames: ['errors', 'other'] })),
      nobody.send(new DisableAlarmActionsCommand({ AlarmNames: ['errors'] })),
      nobody.send(new DescribeAlarmHistoryCommand({})),
      nobody.send(new DescribeAlarmsForMetricCommand({ Namespace, MetricName })),
      nobody.send(new GetDashboardCommand({ DashboardName: 'acme' })),
      nobody.send(new ListDashboardsCommand({})),
      nobody.send(new ListMetricsCommand({})),
      nobody.send(new ListTagsForResourceCommand({ ResourceARN: ALARM_ARN })),
      nobody.send(new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'OK', StateReason: '' })),
    ]) {
      await assert.rejects(call, { name: /^AccessDenied/ });
    }
  });
}

/** Metrics are put within the process: all of this needs the simulator. */
async function startAcme(t: TestContext, protocol: 'JSON' | 'CBOR') {
  const clock = createClock('fast');
  const happenings = createHappenings();
  const sqs = { queueArns: () => [], depth: () => ({ visible: 0, inFlight: 0 }), oldestAgeMs: () => 0 };
  const lambda = { nameOf: (id: string) => id };
  const cloudwatch = createCloudwatch({ clock, happenings, instanceId: 'i', lambda, sqs });
  cloudwatch.addAlarm(onErrors);
  const { client: settings, gateway, close } = await startTarget([cloudwatch.service], { clock, happenings });
  t.after(async () => {
    clock.stop();
    await close();
  });
  const clientOf = (credentials = gateway.credentials) =>
    new CloudWatchClient({
      ...settings,
      credentials,
      maxAttempts: 1,
      ...(protocol === 'CBOR' && { protocol: AwsSmithyRpcV2CborProtocol }),
    });
  const startMs = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS - 20 * MINUTE_MS;
  return { client: clientOf(), clientOf, cloudwatch, clock, gateway, startMs };
}
