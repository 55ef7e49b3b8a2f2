import assert from 'node:assert/strict';
import { after, test, type TestContext } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ledgerEntries } from '../../cli/aws/ledger-entries.ts';
import { createClock } from '../../simulator/clock.ts';
import { startTestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import { createDynamodb } from '../../simulator/services/dynamodb/dynamodb.ts';
import { ledger } from '../../src/adapters/ledger.ts';
import { MINUTE_MS, NOW, voicemailOf } from '../voicemails.ts';
import { LEDGER_TABLE } from './ledger-table.ts';

const clock = createClock('real');
const dynamodb = createDynamodb({ clock });
await dynamodb.createTable(LEDGER_TABLE);
const { endpoint, credentials, close } = await startTestGateway([dynamodb.service], { clock });
after(close);

const region = 'us-east-1';
const asked = { retentionMs: 30 * 1440 * MINUTE_MS, now: () => NOW };
const client = new DynamoDBClient({ endpoint, credentials, region });
const book = ledger(client, { tableName: 'ledger', ...asked });

const OPEN = { isAll: false, isOpen: true, names: [] };

/** As somebody at a terminal, whose credentials are in the environment. */
function entriesOf(t: TestContext) {
  const before = { ...process.env };
  process.env['AWS_ACCESS_KEY_ID'] = credentials.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = credentials.secretAccessKey;
  t.after(() => {
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    Object.assign(process.env, before);
  });
  return ledgerEntries('ledger', { endpoint, region, ...asked });
}

test('what is not at an end is listed without a look at what is, however much that is', async (t) => {
  const entries = entriesOf(t);
  for (let number = 0; number < 40; number += 1) {
    const contactId = `contact-${number}`;
    const endedAtMs = NOW - number * MINUTE_MS;
    await book.noteReceived(voicemailOf({ contactId, endedAtMs }), NOW + MINUTE_MS);
    if (number >= 30) await book.moveEntry({ contactId, from: ['received'], to: 'parked' });
  }

  const open = await entries.list(OPEN, 0);
  const lately = await entries.list(OPEN, NOW - 2 * MINUTE_MS);
  const withParked = await entries.list({ ...OPEN, names: ['parked'] }, 0);

  assert.equal(open.read, 30, 'more than are read side by side');
  const ids = open.found.map(({ contactId }) => contactId);
  assert.deepEqual(
    ids,
    Array.from({ length: 30 }, (_, number) => `contact-${number}`),
  );
  assert.equal(open.found[0]?.voicemail?.endedAtMs, NOW, 'the whole entry, not the index alone');
  assert.equal(lately.found.length, 3);
  assert.deepEqual([withParked.found.length, withParked.read], [40, 40]);
});
