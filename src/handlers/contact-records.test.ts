import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KinesisStreamEvent } from 'aws-lambda';
import { contactRecord, INSTANCE_ARN } from '../../test/contact-record.ts';
import { fakeTelemetry } from '../../test/fake-telemetry.ts';
import { CONTEXT } from '../../test/lambda-context.ts';
import { readContactRecord } from '../domain/contact-record.ts';
import { RetryableError } from '../domain/errors.ts';
import { testPartitionKey } from '../domain/test-voicemail.ts';
import type { ReceivedVoicemail } from '../steps/receive-voicemail.ts';
import { contactRecordsHandler } from './contact-records.ts';

const ALICE = '11111111-1111-4111-8111-111111111111';
const BOB = '22222222-2222-4222-8222-222222222222';
const recordOf = (ContactId: string) => contactRecord({ ContactId });

test('a poison record is parked with its payload, and the voicemails after it go on', async () => {
  const pipeline = fakePipeline();

  const response = await pipeline.handle(['not a contact record', recordOf(ALICE)]);

  assert.deepEqual(response, { batchItemFailures: [] });
  assert.deepEqual(pipeline.parked, ['seq-0: not a contact record']);
  assert.deepEqual(pipeline.received, [ALICE]);
});

test('a record that may succeed later is reported, so that the shard is replayed from it', async () => {
  const pipeline = fakePipeline({ unavailableFor: ALICE });

  const response = await pipeline.handle([recordOf(BOB), recordOf(ALICE)]);

  assert.deepEqual(response, { batchItemFailures: [{ itemIdentifier: 'seq-1' }] });
});

test('a batch of which every record fails is reported record by record', async () => {
  const pipeline = fakePipeline({ unavailableFor: ALICE });

  const response = await pipeline.handle([recordOf(ALICE)]);

  assert.deepEqual(response, { batchItemFailures: [{ itemIdentifier: 'seq-0' }] });
});

test('a call on which nobody left a message does nothing', async () => {
  const pipeline = fakePipeline();

  await pipeline.handle([contactRecord({ Attributes: {} })]);

  assert.deepEqual(pipeline.received, []);
  assert.deepEqual(pipeline.parked, []);
});

test('a flagged contact that is not a voicemail is counted, and logged with its id, method and reason', async () => {
  const pipeline = fakePipeline({ ofAnother: BOB });
  const callback = { ContactId: ALICE, InitiationMethod: 'CALLBACK', Recordings: null };

  await pipeline.handle([contactRecord(callback), recordOf(BOB)]);

  assert.deepEqual(pipeline.received, []);
  assert.deepEqual(pipeline.counted, ['FlaggedContactsPassedOver', 'FlaggedContactsPassedOver']);
  const message = 'flagged contact passed over';
  assert.deepEqual(
    pipeline.lines.map((line) => JSON.parse(line)),
    [
      {
        message,
        fields: { contactId: ALICE, reason: 'NO_RECORDING_OF_ITS_OWN', initiationMethod: 'CALLBACK' },
      },
      { message, fields: { contactId: BOB, reason: 'MESSAGE_OF_ANOTHER_CONTACT' } },
    ],
  );
});

test('a record that fails is logged with its contact and sequence number, if they can be read', async () => {
  const failing = fakePipeline({ unavailableFor: ALICE });
  const full = fakePipeline({
    park: () => Promise.reject(new RetryableError('UNAVAILABLE', 's3:PutObject')),
  });
  const unreadable = contactRecord({ ContactId: BOB, InitiationTimestamp: 'yesterday' });

  await failing.handle([recordOf(ALICE), unreadable, 'not a contact record']);
  const { batchItemFailures } = await full.handle([unreadable]);

  assert.match(failing.lines[0] ?? '', new RegExp(`will be retried.*${ALICE}.*seq-0`));
  assert.match(failing.lines[1] ?? '', new RegExp(`parked.*${BOB}.*seq-1`));
  assert.match(failing.lines[2] ?? '', /parked.*seq-2/);
  assert.match(full.lines[0] ?? '', new RegExp(`could not be parked.*${BOB}.*seq-0`));
  assert.equal(batchItemFailures.length, 1);
});

test('a record is of a test by its partition key, and nothing that a caller or a flow can set makes it one', async () => {
  const pipeline = fakePipeline();
  const Attributes = { vmx3_flag: '1', vmx3_test: '1', isTest: 'true', 'is-test': 'true' };
  const claiming = contactRecord({ ContactId: BOB, Attributes, isTest: true, IsTest: true });

  await pipeline.handle([recordOf(ALICE)], testPartitionKey(ALICE));
  await pipeline.handle([claiming], BOB);
  await pipeline.handle([claiming], testPartitionKey(ALICE));

  assert.deepEqual(pipeline.tests, [true, undefined, undefined]);
  assert.deepEqual(pipeline.counted, ['VoicemailsReceived', 'VoicemailsReceived']);
});

test('no number and no attribute reaches the log', async () => {
  const pipeline = fakePipeline({ unavailableFor: ALICE });

  await pipeline.handle([recordOf(ALICE), recordOf(BOB), '{"CustomerEndpoint":"+15555550142"']);

  assert.ok(pipeline.lines.length >= 3);
  for (const line of pipeline.lines) assert.doesNotMatch(line, /5555550142|gold/);
});

/** The handler over plain arrays: nothing to reset between tests. */
function fakePipeline({
  unavailableFor,
  ofAnother,
  park,
}: { unavailableFor?: string; ofAnother?: string; park?: () => Promise<void> } = {}) {
  const received: string[] = [];
  const tests: (boolean | undefined)[] = [];
  const parked: string[] = [];
  const taskEnds: string[] = [];
  const { log, meter, lines, counted } = fakeTelemetry();
  const handler = contactRecordsHandler({
    readContactRecord: (json) => readContactRecord(json, { instanceArn: INSTANCE_ARN, language: 'en-US' }),
    async receive({ voicemail: { contactId, isTest } }: ReceivedVoicemail) {
      if (contactId === ofAnother) return 'of-another-contact';
      if (contactId === unavailableFor)
        throw new RetryableError('UNAVAILABLE', 'dynamodb:PutItem got no answer');
      received.push(contactId);
      tests.push(isTest);
      return 'received';
    },
    async tellTaskEnd({ contactId, taskId }) {
      taskEnds.push(`${taskId} of ${contactId}`);
    },
    async park({ sequenceNumber, payload }) {
      await park?.();
      parked.push(`${sequenceNumber}: ${Buffer.from(payload).toString('utf8')}`);
    },
    log,
    meter,
  });
  return {
    received,
    tests,
    taskEnds,
    parked,
    lines,
    counted,
    handle: (payloads: string[], partitionKey?: string) =>
      handler(kinesisEvent(payloads, partitionKey), CONTEXT),
  };
}

function kinesisEvent(payloads: readonly string[], partitionKey = 'p'): KinesisStreamEvent {
  const Records = payloads.map((payload, index) => ({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey,
      sequenceNumber: `seq-${index}`,
      data: Buffer.from(payload).toString('base64'),
      approximateArrivalTimestamp: 1_772_632_900.512,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000000:seq-${index}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::111122223333:role/contact-records',
    awsRegion: 'us-east-1',
    eventSourceARN: 'arn:aws:kinesis:us-east-1:111122223333:stream/acme-ctr',
  }));
  return { Records };
}
