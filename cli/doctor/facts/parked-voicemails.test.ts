import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startTestGateway } from '../../../simulator/gateway/gateway.fixture.ts';
import { createClock } from '../../../simulator/clock.ts';
import { createDynamodb } from '../../../simulator/services/dynamodb/dynamodb.ts';
import { LEDGER_TABLE } from '../../../test/adapters/ledger-table.ts';
import sample from '../../../voicemail.config.ts';
import { createLook } from '../look.ts';
import { parkedIn } from './parked-voicemails.ts';

test('of a ledger of more than ten megabytes the first ten are read, and the answer says so', async (t) => {
  const clock = createClock('real');
  const { service, createTable } = createDynamodb({ clock });
  await createTable(LEDGER_TABLE);
  const { endpoint, credentials, close } = await startTestGateway([service], { clock });
  t.after(close);
  const client = new DynamoDBClient({ endpoint, credentials, region: 'us-east-1' });
  const said: string[] = [];
  const look = createLook({
    config: sample,
    place: { endpoint, credentials },
    limits: { wait: () => Promise.resolve(), clock: () => 0 },
    progress: (sentence) => said.push(sentence),
  });
  const notes = { S: 'n'.repeat(350_000) };

  for (let index = 0; index < 36; index += 1) {
    const Item = {
      contactId: { S: `c${index}` },
      state: { S: 'parked' },
      failureCode: { S: 'NO_AUDIO' },
      notes,
    };
    await client.send(new PutItemCommand({ TableName: LEDGER_TABLE.name, Item }));
  }
  const parked = await parkedIn(LEDGER_TABLE.name, 0, look);

  assert.equal(parked.isWhole, false);
  assert.ok(parked.lookedAt >= 20 && parked.lookedAt < 36, String(parked.lookedAt));
  assert.deepEqual([...parked.byReason], [['NO_AUDIO', { count: parked.lookedAt, told: 0 }]]);
  assert.equal(said.at(-1), `ledger: ${parked.lookedAt} voicemails`);
});
