import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TemplateError } from './template-error.ts';
import { startTestStack } from './stack.fixture.ts';

const ALARM = {
  AlarmName: 'Acme: somebody waits',
  Namespace: 'Acme',
  MetricName: 'Waiting',
  Dimensions: [{ Name: 'service', Value: 'voicemail' }],
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};
const alarmWith = (changes: object) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { ...ALARM, ...changes },
});

test('an alarm of the template is evaluated every minute, and a change is reported', async (t) => {
  const Board = { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{"widgets":[]}' } };
  const { cloudwatch, clock } = await startTestStack(t, { resources: { Waits: alarmWith({}), Board } });
  const { Namespace: namespace, MetricName: name } = ALARM;

  cloudwatch.put({ namespace, name, dimensions: { service: 'voicemail' }, value: 1, atMs: clock.now() });
  clock.advance(60_000);

  assert.equal(cloudwatch.alarms().get(ALARM.AlarmName)?.state, 'ALARM');
  assert.deepEqual(
    [...cloudwatch.dashboards().values()].map(({ body }) => body),
    ['{"widgets":[]}'],
  );
});

test('an alarm that the simulator cannot evaluate as CloudWatch does is refused', async (t) => {
  const { Namespace: _1, MetricName: _2, Dimensions: _3, Statistic: _4, Period: _5, ...common } = ALARM;
  const expression = { Id: 'rate', Expression: 'errors / calls' };
  const ofNothing = { ...expression, Expression: 'IF(FILL(calls, 0) > 0 AND FILL(records, 0) == 0, 1, 0)' };
  const refused = [
    alarmWith({ ExtendedStatistic: 'p95' }),
    alarmWith({ Period: 10 }),
    alarmWith({ TreatMissingData: 'ignore' }),
    alarmWith({ ComparisonOperator: 'LessThanLowerThreshold' }),
    { Type: 'AWS::CloudWatch::Alarm', Properties: { ...common, Metrics: [expression] } },
    { Type: 'AWS::CloudWatch::Alarm', Properties: { ...common, Metrics: [ofNothing] } },
  ];

  for (const Waits of refused) {
    await assert.rejects(startTestStack(t, { resources: { Waits } }), TemplateError);
  }
});
