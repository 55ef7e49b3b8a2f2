import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { objectCreatedPush } from '../../src/domain/queue-messages.ts';
import { contactRecord } from '../contact-record.ts';
import { capturedLog } from './captured-log.ts';
import { CANARY, changesTo, hostileAttributes, hostileJson, hostileText } from './hostile.ts';
import { QUEUES, type QueueName } from './in-memory.ts';
import { quietPipeline, transcriptKeyOf } from './quiet-pipeline.ts';

const { log, lines } = capturedLog();
const RUNS = { numRuns: 150 };
const A_CALLER = 'c0ffee00-0000-4000-8000-0000000000c1';
const ANOTHER = 'c0ffee00-0000-4000-8000-0000000000c2';

const recordMembers = Object.keys(JSON.parse(contactRecord()));

function nothingOfItIsLogged(): void {
  const telling = lines.splice(0).filter((line) => line.includes(CANARY));
  assert.deepEqual(telling.slice(0, 1), []);
}

test('a contact record with any content is a voicemail, not one, or parked, and blocks no other', async () => {
  await fc.assert(
    fc.asyncProperty(hostileAttributes, changesTo(recordMembers), async (attributes, changes) => {
      const pipeline = quietPipeline(log);

      const isRead = await pipeline.read(contactRecord({ Attributes: attributes, ...changes }));
      await pipeline.read(contactRecord({ ContactId: ANOTHER }));
      await pipeline.settle();

      assert.ok(isRead);
      pipeline.allHaveEnded();
      assert.ok(pipeline.taskOf(ANOTHER));
      assert.ok(!JSON.stringify(pipeline.taskOf(ANOTHER)).includes(CANARY));
      pipeline.tasksAreWithinLimits();
      nothingOfItIsLogged();
    }),
    RUNS,
  );
});

test('a record that is not a contact record is parked or skipped', async () => {
  const payload = fc.oneof(
    hostileText,
    hostileJson.map((value) => JSON.stringify(value)),
    fc.constant(deep('[')),
  );
  await fc.assert(
    fc.asyncProperty(payload, async (text) => {
      const pipeline = quietPipeline(log);

      assert.ok(await pipeline.read(text));

      assert.deepEqual(pipeline.cloud.parkedRecords, [Buffer.from(text).toString()]);
      nothingOfItIsLogged();
    }),
    RUNS,
  );
});

const key = fc.oneof(
  hostileText,
  fc.constantFrom(
    'recordings/2026/03/04/.wav',
    `recordings/2026/03/04/../${CANARY}.wav`,
    '.write_access_check_file.temp',
  ),
);
const message = fc.oneof(
  hostileText,
  hostileJson.map((value) => JSON.stringify(value)),
  key.map((one) => JSON.stringify(objectCreatedPush(one))),
  changesTo(['push', 'contactId', 'unrecordable']).map((changes) =>
    JSON.stringify({ push: 'deliver', contactId: 'nobody-knows-this', ...changes }),
  ),
  fc.tuple(hostileText, hostileText).map(([TranscriptionJobName, FailureReason]) =>
    JSON.stringify({
      'detail-type': 'Transcribe Job State Change',
      detail: { TranscriptionJobName, TranscriptionJobStatus: 'FAILED', FailureReason },
    }),
  ),
  fc.constant(deep('{"a":')),
);

test('a message with any content is processed or becomes a dead letter, at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...QUEUES), message, async (queue: QueueName, body) => {
      const pipeline = quietPipeline(log);
      pipeline.cloud.send(queue, body);

      await pipeline.handAll();

      assert.equal(pipeline.cloud.messages.size, 0);
      assert.deepEqual(pipeline.cloud.tasks, []);
      nothingOfItIsLogged();
    }),
    RUNS,
  );
});

const transcript = fc.oneof(
  hostileText,
  hostileJson.map((value) => JSON.stringify(value)),
  fc
    .array(hostileText)
    .map((texts) =>
      JSON.stringify({ results: { transcripts: texts.map((text) => ({ transcript: text })) } }),
    ),
  fc
    .tuple(hostileText, hostileText)
    .map(([gap, detail]) => JSON.stringify({ results: { transcripts: [] }, standIn: { gap, detail } })),
);

test('a transcript with any content is delivered as far as it can be read, only to its own recipient', async () => {
  await fc.assert(
    fc.asyncProperty(transcript, async (body) => {
      const pipeline = quietPipeline(log);
      await pipeline.read(contactRecord({ ContactId: A_CALLER }));
      await pipeline.read(contactRecord({ ContactId: ANOTHER }));
      pipeline.cloud.putTranscript(transcriptKeyOf(A_CALLER), body);

      await pipeline.settle();

      assert.ok(pipeline.taskOf(A_CALLER));
      assert.ok(!JSON.stringify(pipeline.taskOf(ANOTHER)).includes(CANARY));
      pipeline.tasksAreWithinLimits();
      nothingOfItIsLogged();
    }),
    RUNS,
  );
});

/** JSON that is nested too deep for parsers. */
function deep(open: string): string {
  return `${open.repeat(20_000)}"${CANARY}"`;
}
