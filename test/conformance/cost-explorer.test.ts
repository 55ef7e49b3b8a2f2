import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { createClock } from '../../simulator/clock.ts';
import { createCostExplorer } from '../../simulator/services/cost-explorer/cost-explorer.ts';
import { answered, simulatorOnly, startTarget } from './setup.ts';

const TAG = 'aws:cloudformation:stack-name';
const usual = { region: 'us-east-1', dollars: 1 };
const { service } = createCostExplorer({
  clock: createClock('real'),
  charges: [
    { ...usual, day: '2026-09-30', service: 'Amazon Transcribe' },
    { ...usual, day: '2026-10-01', service: 'Amazon Transcribe', dollars: 2 },
    { ...usual, day: '2026-10-31', service: 'AWS Lambda', dollars: 0.25, tags: { [TAG]: 'Acme' } },
    { ...usual, day: '2026-10-31', service: 'AWS Lambda', region: 'eu-west-1' },
  ],
});
const { client, gateway, close } = await startTarget([service]);
after(close);

const costs = new CostExplorerClient(client);
const OCTOBER = { Start: '2026-10-01', End: '2026-11-01' };
type Input = ConstructorParameters<typeof GetCostAndUsageCommand>[0];
const ASKED: Input = { TimePeriod: OCTOBER, Granularity: 'MONTHLY', Metrics: ['UnblendedCost'] };
const BY_SERVICE: Input = { ...ASKED, GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }] };

/** `Amazon Transcribe: 2`, by time. */
async function paid(input: Partial<Input> = {}) {
  const { ResultsByTime = [] } = await costs.send(new GetCostAndUsageCommand({ ...BY_SERVICE, ...input }));
  return ResultsByTime.map(({ TimePeriod, Groups = [] }) => [
    `${TimePeriod?.Start} ${TimePeriod?.End}`,
    ...Groups.map(({ Keys, Metrics }) => `${Keys?.[0]}: ${Metrics?.['UnblendedCost']?.Amount}`),
  ]);
}

test(
  'costs are grouped by service and month, and the last day does not belong to it',
  simulatorOnly,
  async () => {
    const october = await paid();
    const both = await paid({ TimePeriod: { Start: '2026-09-30', End: '2026-10-02' } });

    assert.deepEqual(october, [['2026-10-01 2026-11-01', 'AWS Lambda: 1.25', 'Amazon Transcribe: 2']]);
    assert.deepEqual(both, [
      ['2026-09-30 2026-10-01', 'Amazon Transcribe: 1'],
      ['2026-10-01 2026-10-02', 'Amazon Transcribe: 2'],
    ]);
  },
);

test('costs are those of a Region and of a tag, if that is asked for', simulatorOnly, async () => {
  const region: Input['Filter'] = { Dimensions: { Key: 'REGION', Values: ['us-east-1'] } };
  const tags = { Tags: { Key: TAG, Values: ['Acme'] } };

  const here = await paid({ Filter: region });
  const ofStack = await paid({ Filter: { And: [region, tags] } });
  const ofOther = await paid({ Filter: { Tags: { Key: TAG, Values: ['Other'] } } });

  assert.deepEqual(here[0]?.slice(1), ['AWS Lambda: 0.25', 'Amazon Transcribe: 2']);
  assert.deepEqual(ofStack[0]?.slice(1), ['AWS Lambda: 0.25']);
  assert.deepEqual(ofOther[0]?.slice(1), []);
});

test('costs are summed up by day without a group', simulatorOnly, async () => {
  const command = new GetCostAndUsageCommand({
    TimePeriod: { Start: '2026-09-30', End: '2026-10-02' },
    Granularity: 'DAILY',
    Metrics: ['UnblendedCost'],
  });

  const { ResultsByTime = [] } = await costs.send(command);

  assert.deepEqual(
    ResultsByTime.map(({ Total }) => Total?.['UnblendedCost']),
    [
      { Amount: '1', Unit: 'USD' },
      { Amount: '2', Unit: 'USD' },
    ],
  );
});

test('a time that ends before it begins is refused', async () => {
  const TimePeriod = { Start: '2026-10-02', End: '2026-10-01' };
  const command = new GetCostAndUsageCommand({ ...ASKED, TimePeriod });

  await assert.rejects(costs.send(command), answered(400, 'ValidationException'));
});

test('costs are not told to somebody who may not ask', simulatorOnly, async () => {
  const arn = 'arn:aws:iam::111122223333:role/nobody';
  const credentials = gateway.identities.addRole({ arn, statements: [] });
  const nobody = new CostExplorerClient({ ...client, credentials });
  const command = new GetCostAndUsageCommand(ASKED);

  await assert.rejects(nobody.send(command), answered(403, 'AccessDeniedException'));
});
