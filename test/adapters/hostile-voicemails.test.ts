import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as fc from 'fast-check';
import { createClock } from '../../simulator/clock.ts';
import { startTestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createDynamodb } from '../../simulator/services/dynamodb/dynamodb.ts';
import { createSqs } from '../../simulator/services/sqs/sqs.ts';
import { ledger } from '../../src/adapters/ledger.ts';
import { sqsSender } from '../../src/adapters/sqs-messages.ts';
import { readContactRecord } from '../../src/domain/contact-record.ts';
import { parseVoicemail } from '../../src/domain/voicemail.ts';
import { contactRecord, INSTANCE_ARN } from '../contact-record.ts';
import { hostileAttributes } from '../pipeline/hostile.ts';
import { NOW } from '../voicemails.ts';

const clock = createClock('real');
const happenings = createHappenings();
const dynamodb = createDynamodb({ clock });
await dynamodb.createTable({
  name: 'ledger',
  properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'contactId', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'contactId', KeyType: 'HASH' }],
  },
});
const sqs = createSqs({ clock, happenings, baseUrl: () => gateway.endpoint });
const gateway = await startTestGateway([dynamodb.service, sqs.service], { clock, happenings });
after(gateway.close);
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:work';
sqs.createQueue({ name: 'work', arn: QUEUE });

const client = { endpoint: gateway.endpoint, credentials: gateway.credentials, region: 'us-east-1' };
const queueUrl = `${gateway.endpoint}/111122223333/work`;
const book = ledger(new DynamoDBClient(client), { tableName: 'ledger', retentionMs: 1e9, now: () => NOW });
const queue = new SQSClient(client);
const send = sqsSender(queue, queueUrl);
const defaults = { instanceArn: INSTANCE_ARN, language: 'en-US' };
let contacts = 0;

test('with any attributes, a voicemail comes out of ledger and queue unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(hostileAttributes, async (attributes) => {
      const contactId = `contact-${(contacts += 1)}`;
      const record = contactRecord({ ContactId: contactId, Attributes: attributes });
      const found = readContactRecord(record, defaults);
      assert.ok(found?.kind === 'voicemail');
      const { voicemail } = found;

      await book.noteReceived(voicemail, NOW);
      await send(voicemail);

      const expected = plain(voicemail);
      assert.deepEqual(plain((await book.findEntry(contactId))?.voicemail), expected);
      const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, VisibilityTimeout: 3600 });
      const [message] = (await queue.send(receive)).Messages ?? [];
      assert.deepEqual(plain(parseVoicemail(JSON.parse(message?.Body ?? ''))), expected);
    }),
    { numRuns: 40, examples: [[{ vmx3_flag: '1', odd: '\uFFFE \uFFFF \uD800 \u0000', '': 'no name' }]] },
  );
});

test('a record too large for the ledger is not a contact record of Amazon Connect’s, and is parked', () => {
  const large = { vmx3_flag: '1', vmx3_from: 'x'.repeat(200_000) };

  assert.throws(() => readContactRecord(contactRecord({ Attributes: large }), defaults), {
    name: 'PermanentError',
    code: 'MALFORMED_EVENT',
  });
});

/** The form in JSON: without undefined members, and with surrogates in pairs. */
function plain(value: unknown): unknown {
  const json: unknown = JSON.parse(JSON.stringify(value), (_, text: unknown) =>
    typeof text === 'string' ? text.toWellFormed() : text,
  );
  return json;
}
