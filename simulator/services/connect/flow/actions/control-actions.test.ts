import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchOf } from '../branch.fixture.ts';
import { ANA_ID, BILLING_ARN, flowOf, type TestCenter, testCenter } from '../flow.fixture.ts';

const METRICS = {
  agentsAvailable: 0,
  agentsStaffed: 2,
  agentsOnline: 3,
  contactsInQueue: 4,
  oldestContactAgeMs: 299_500,
};

const inBilling = ({ contact }: TestCenter) =>
  void (contact.settings.targetQueue = { arn: BILLING_ARN, id: 'b1', name: 'Billing' });

test('an attribute is compared, and a missing one meets no condition', async (t) => {
  const compare = {
    does: 'Compare',
    with: { ComparisonValue: '$.Attributes.vmx3_flag' },
    when: { 'NumberGreaterThan 0': 'to 1' },
  };

  const set = await branchOf(t, compare, { contact: { attributes: new Map([['vmx3_flag', '1']]) } });
  const unset = await branchOf(t, compare);

  assert.equal(set.branch, '1');
  assert.equal(unset.branch, 'NoMatchingCondition');
});

const checkHours = (hoursId?: string) => ({
  does: 'CheckHoursOfOperation',
  with: hoursId === undefined ? {} : { HoursOfOperationId: hoursId },
});

test('hours are the given ones, otherwise those of the queue', async (t) => {
  assert.equal((await branchOf(t, checkHours('h1'), { isOpen: true })).branch, 'True');
  assert.equal((await branchOf(t, checkHours(), { isOpen: false, prepare: inBilling })).branch, 'False');
});

test('a missing queue, a queue without hours, and unknown hours are errors', async (t) => {
  const check = { does: 'CheckHoursOfOperation' };
  const named = { ...check, with: { HoursOfOperationId: 'nobody' } };

  assert.equal((await branchOf(t, check, { isOpen: true })).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, check, { prepare: inBilling })).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, named)).branch, 'NoMatchingError');
});

const checkMetric = (metric: string, test_: string) => ({
  does: 'CheckMetricData',
  with: { MetricType: metric },
  when: { [test_]: 'to 1' },
});

test('staffing and queue are checked, the age of the oldest contact in milliseconds', async (t) => {
  const options = { metrics: METRICS, prepare: inBilling };
  const branch = async (metric: string, test_: string) =>
    (await branchOf(t, checkMetric(metric, test_), options)).branch;

  assert.equal(await branch('NumberOfAgentsAvailable', 'NumberGreaterThan 0'), 'NoMatchingCondition');
  assert.equal(await branch('NumberOfAgentsStaffed', 'NumberGreaterThan 0'), '1');
  assert.equal(await branch('NumberOfAgentsOnline', 'NumberGreaterThan 2'), '1');
  assert.equal(await branch('NumberOfContactsInQueue', 'NumberLessThan 5'), '1');
  assert.equal(await branch('OldestContactInQueueAgeSeconds', 'NumberGreaterThan 299000'), '1');
});

test('an unknown queue has no metrics', async (t) => {
  const check = { does: 'CheckMetricData', with: { MetricType: 'NumberOfAgentsStaffed' } };
  const get = { does: 'GetMetricData', with: { QueueId: 'nobody' } };

  assert.equal((await branchOf(t, check, { metrics: METRICS })).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, get, { metrics: METRICS })).branch, 'NoMatchingError');
});

test('the metrics of a queue, or of an agent, can be read and said', async (t) => {
  const { run, said } = testCenter(t, { metrics: METRICS });
  const words =
    '$.Metrics.Queue.Size wait, the first for $.Metrics.Queue.OldestContactAge s, $.Metrics.Agents.Staffed.Count staffed';

  await run(
    flowOf({
      get: { does: 'GetMetricData', with: { AgentId: ANA_ID, QueueChannel: 'Voice' }, next: 'say' },
      say: { does: 'MessageParticipant', with: { Text: words } },
    }),
  );

  assert.deepEqual(said, ['4 wait, the first for 299 s, 2 staffed']);
});

test('a task waits for the given time, and a call does not wait', async (t) => {
  const wait = { does: 'Wait', with: { TimeLimitSeconds: '60' } };

  const task = await branchOf(t, wait, { contact: { channel: 'TASK' } });
  const call = await branchOf(t, wait);

  assert.equal(task.branch, 'WaitCompleted');
  assert.ok(task.parts.clock.now() - task.contact.initiatedAtMs >= 60_000);
  assert.equal(call.branch, 'NoMatchingError');
});

test('a task that ends while it waits goes no further', async (t) => {
  const { contact, parts, run } = testCenter(t, { contact: { channel: 'TASK' } });
  parts.clock.after(1000, () => parts.contacts.end(contact));

  const end = await run(flowOf({ wait: { does: 'Wait', with: { TimeLimitSeconds: 600_000 } } }));

  assert.deepEqual(end, { kind: 'stopped' });
});

const draw = (test_: string) => ({ does: 'DistributeByPercentage', when: { [test_]: 'to 1' } });

test('the drawn numbers are 1 to 100', async (t) => {
  assert.equal((await branchOf(t, draw('NumberLessThan 101'))).branch, '1');
  assert.equal((await branchOf(t, draw('NumberLessThan 1'))).branch, 'NoMatchingCondition');
});

test('a flow that logs reports every action, with its name in flow logs', async (t) => {
  const { run, told } = testCenter(t, { contact: { attributes: new Map([['name', 'Ana']]) } });

  await run(
    flowOf(
      {
        quiet: { does: 'TagContact', with: { Tags: {} }, next: 'log' },
        log: { does: 'UpdateFlowLoggingBehavior', with: { FlowLoggingBehavior: 'Enabled' }, next: 'say' },
        say: { does: 'MessageParticipant', with: { Text: 'Hi $.Attributes.name' }, next: 'set' },
        set: {
          does: 'UpdateContactAttributes',
          with: { Attributes: { a: '1', b: '$.Channel' } },
          next: 'off',
        },
        off: { does: 'UpdateFlowLoggingBehavior', with: { FlowLoggingBehavior: 'Disabled' }, next: 'bye' },
        bye: { does: 'DisconnectParticipant' },
      },
      { name: 'VM inbound' },
    ),
  );
  const entries = told.flatMap((one) => (one.kind === 'flow-log' ? [one.entry] : []));

  assert.deepEqual(
    entries.map(({ Identifier, ContactFlowModuleType, Parameters }) => [
      Identifier,
      ContactFlowModuleType,
      Parameters,
    ]),
    [
      ['log', 'SetLoggingBehavior', { FlowLoggingBehavior: 'Enabled' }],
      ['say', 'PlayPrompt', { Text: 'Hi Ana' }],
      ['set', 'SetAttributes', { Key: 'a', Value: '1' }],
      ['set', 'SetAttributes', { Key: 'b', Value: 'VOICE' }],
      ['off', 'SetLoggingBehavior', { FlowLoggingBehavior: 'Disabled' }],
    ],
  );
  assert.equal(entries[0]?.['ContactFlowName'], 'VM inbound');
  assert.match(String(entries[0]?.['ContactFlowId']), /^arn:aws:connect:.*\/contact-flow\/f0$/);
  assert.match(String(entries[0]?.['Timestamp']), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});
