import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createClock } from '../../clock.ts';
import { createHappenings, type Happening } from '../../happenings.ts';
import type { EventBridgeEvent } from '../eventbridge/event.ts';
import { createS3 } from './s3.ts';

const BUCKET = 'acme-vm-recordings';
const KEY = 'recordings/2026/03/04/a b+ü.wav';

test('an object of another service is read back, with its type and metadata', async (context) => {
  const { s3 } = simulatedS3(context);

  await s3.put({
    bucket: BUCKET,
    key: KEY,
    body: bytes('RIFF'),
    contentType: 'audio/wav',
    metadata: { mode: 'task' },
  });

  assert.deepEqual(await s3.get(BUCKET, KEY), {
    body: bytes('RIFF'),
    contentType: 'audio/wav',
    metadata: { mode: 'task' },
    sizeBytes: 4,
  });
});

test('every new object is reported as an EventBridge event', async (context) => {
  const { s3, events, happenings } = simulatedS3(context);

  const { etag, versionId } = await s3.put({ bucket: BUCKET, key: KEY, body: bytes('RIFF') });

  const [event] = events;
  assert.partialDeepStrictEqual(event, {
    version: '0',
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '111122223333',
    region: 'us-east-1',
    resources: [`arn:aws:s3:::${BUCKET}`],
    detail: {
      version: '0',
      bucket: { name: BUCKET },
      object: { key: KEY, size: 4, etag, 'version-id': versionId },
      requester: '111122223333',
      reason: 'PutObject',
    },
  });
  assert.match(event?.time ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.match(JSON.stringify(event), /"sequencer":"[\dA-F]{18}".*"request-id":"[\dA-Z]{16}"/);
  assert.deepEqual(
    happenings.map(({ kind }) => kind),
    ['object-created'],
  );
});

test('the sequencers of one key grow in the order of its writes', async (context) => {
  const { s3, events } = simulatedS3(context);

  for (const text of ['1', '2', '3']) await s3.put({ bucket: BUCKET, key: KEY, body: bytes(text) });

  const sequencers = events.map((event) => /"sequencer":"(\w+)"/.exec(JSON.stringify(event))?.[1] ?? '');
  assert.deepEqual(sequencers.toSorted(), sequencers);
  assert.equal(new Set(sequencers).size, 3);
});

test('a bucket without EventBridge sends no events', async (context) => {
  const { s3, events } = simulatedS3(context);
  s3.createBucket({ name: 'quiet', versioned: false, eventBridge: false });

  await s3.put({ bucket: 'quiet', key: KEY, body: bytes('x') });

  assert.deepEqual(events, []);
});

test('if two writers both want to be first, only one succeeds', async (context) => {
  const { s3, events } = simulatedS3(context);
  const first = { bucket: BUCKET, key: KEY, body: bytes('x'), ifNoneMatch: true };

  const outcomes = await Promise.allSettled([s3.put(first), s3.put(first)]);

  assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
  assert.equal(events.length, 1);
});

test('keys are listed in order, those under a prefix only', async (context) => {
  const { s3 } = simulatedS3(context);
  for (const key of ['b/2', 'a', 'b/1', 'b/ü']) await s3.put({ bucket: BUCKET, key, body: bytes('x') });

  assert.deepEqual(s3.list(BUCKET, 'b/'), ['b/1', 'b/2', 'b/ü']);
});

test('a missing object, version or bucket has the error of the real S3', async (context) => {
  const { s3 } = simulatedS3(context);

  await assert.rejects(s3.get(BUCKET, 'nothing'), { code: 'NoSuchKey', status: 404 });
  await assert.rejects(s3.get('nowhere', KEY), { code: 'NoSuchBucket', status: 404 });
});

function bytes(text: string): Buffer {
  return Buffer.from(text);
}

function simulatedS3(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'simulated-s3-'));
  const clock = createClock('real');
  const events: EventBridgeEvent[] = [];
  const happenings: Happening[] = [];
  const all = createHappenings();
  all.listen((happening) => happenings.push(happening));
  context.after(() => {
    clock.stop();
    rmSync(folder, { recursive: true });
  });
  const s3 = createS3({ clock, happenings: all, folder, onEvent: (event) => events.push(event) });
  s3.createBucket({ name: BUCKET, versioned: true, eventBridge: true });
  return { s3, events, happenings };
}
