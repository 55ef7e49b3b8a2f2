import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { FaultRule } from '../../simulator/faults/fault-plan.ts';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';
import { ledgerEntry } from './ledger-entry.ts';

const { simulator, settled, tasksOf } = await startLaptop();
const { clock, connect, deployment, faults } = simulator;

const MINUTE_MS = 60_000;
/** What the first version of the schema had, before entries named their version. */
const FIRST_MEMBERS = [
  'contactId',
  'state',
  'open',
  'dueAtMs',
  'voicemail',
  'recordingKey',
  'durationMs',
  'expiresAt',
  // No version has delivered without a lease.
  'leaseUntilMs',
  'leaseId',
];

/** What holds a voicemail in a state: the function that comes next meets the entry then. */
const HELD_BY: Readonly<Record<string, FaultRule>> = {
  received: { operation: 'ListFragments', fault: 'throttle' },
  recorded: { operation: 'StartTranscriptionJob', fault: 'throttle' },
  transcribing: {
    operation: 'UpdateItem',
    caller: deployment.idOf('AWS::Lambda::Function', 'deliver-voicemail'),
    fault: 'throttle',
  },
  delivering: { operation: 'StartTaskContact', fault: 'throttle' },
};

for (const [state, rule] of Object.entries(HELD_BY)) {
  test(`an entry of the first version that is ${state} is taken up by the next function, and delivered once`, async () => {
    const { contactId } = connect.placeCall({ from: CALLER, audio: spokenNoise(1) });
    faults.set({ rules: [{ ...rule, about: contactId }] });
    await clock.sleep(3 * MINUTE_MS);
    const entry = await ledgerEntry(simulator, contactId);
    assert.equal(entry['state'], state);

    await put(Object.fromEntries(Object.entries(entry).filter(([name]) => FIRST_MEMBERS.includes(name))));
    faults.clear();
    await settled(contactId);

    const after = await ledgerEntry(simulator, contactId);
    assert.deepEqual([after['state'], after['deliveredAs']], ['delivered', 'task']);
    const [task, ...more] = tasksOf(contactId);
    assert.equal(task?.description, 'please call me back');
    assert.deepEqual(more, []);
  });
}

async function put(entry: Readonly<Record<string, unknown>>): Promise<void> {
  const { endpoint, credentials } = simulator;
  const dynamodb = new DynamoDBClient({ endpoint, credentials, region: 'us-east-1' });
  const [table] = Object.values(deployment.tables);
  await DynamoDBDocumentClient.from(dynamodb).send(
    new PutCommand({ TableName: table?.name, Item: { ...entry } }),
  );
  dynamodb.destroy();
}
