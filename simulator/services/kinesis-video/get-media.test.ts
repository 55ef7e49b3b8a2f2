import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKinesisVideo } from './kinesis-video.ts';

const ARN = 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/calls/1000';
const START_MS = 1_000_000;

test('a stream is read from its first, its last or any fragment on, each with the token to go on with', async () => {
  const { read, numbers } = streamOfThree();

  const all = await read({ StartSelectorType: 'EARLIEST' });

  assert.deepEqual(fragmentsIn(all), ['one', 'two', 'three']);
  assert.match(all, /AWS_KINESISVIDEO_MILLIS_BEHIND_NOW.*5000.*AWS_KINESISVIDEO_CONTINUATION_TOKEN/s);
  assert.ok(numbers.every((number) => all.includes(number)));
  assert.deepEqual(fragmentsIn(await read({ StartSelectorType: 'NOW' })), ['three']);
  const [first] = numbers;
  const later = [
    { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: first },
    { StartSelectorType: 'CONTINUATION_TOKEN', ContinuationToken: first },
    { StartSelectorType: 'SERVER_TIMESTAMP', StartTimestamp: (START_MS + 1500) / 1000 },
    { StartSelectorType: 'PRODUCER_TIMESTAMP', StartTimestamp: (START_MS + 500) / 1000 },
  ];
  for (const selector of later) assert.deepEqual(fragmentsIn(await read(selector)), ['two', 'three']);
  const past = { StartSelectorType: 'SERVER_TIMESTAMP', StartTimestamp: START_MS };
  assert.equal(await read(past), '');
});

test('a start that is no fragment, no type or absent is refused', async () => {
  const { read } = streamOfThree();

  const unknown = { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: '17' };
  for (const selector of [unknown, { StartSelectorType: 'LATEST' }, undefined]) {
    await assert.rejects(read(selector), { code: 'InvalidArgumentException' });
  }
});

const fragmentsIn = (media: string) => media.match(/one|two|three/g);

/** Fragments of a second, in the producer's clock a second sooner. */
function streamOfThree() {
  const clock = { now: () => START_MS + 8000 };
  const video = createKinesisVideo({ clock, mediaEndpoint: () => 'http://127.0.0.1' });
  video.createStream({ arn: ARN, retentionHours: 24 });
  const numbers = ['one', 'two', 'three'].map((text, index) =>
    video.append(ARN, {
      bytes: Buffer.from(text),
      serverMs: START_MS + index * 1000,
      producerMs: START_MS - 1000 + index * 1000,
      lengthMs: 1000,
    }),
  );
  const caller = { accountId: '111122223333', arn: 'arn', isAllowed: () => true };

  async function read(StartSelector: unknown): Promise<string> {
    const request = {
      method: 'POST',
      path: '/getMedia',
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(JSON.stringify({ StreamARN: ARN, StartSelector })),
      caller,
      port: 'media' as const,
      requestId: 'a-request',
    };
    const answer = await video.service.find(request)?.answer(request);
    const pieces: Uint8Array[] = [];
    const body = answer?.body ?? '';
    if (typeof body === 'string' || body instanceof Uint8Array) return String(body);
    for await (const piece of body) pieces.push(piece);
    return Buffer.concat(pieces).toString('latin1');
  }
  return { read, numbers };
}
