import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Call, connectCall, errorPayload, joined, notFound } from '../../test/kvs-payload.ts';
import { recordingOf } from '../../test/voicemails.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import type { FragmentListing } from '../domain/audio/fragment-list.ts';
import { levelMeter } from '../domain/audio/levels.ts';
import { saveKvsRecording, type SaveKvsRecordingPorts } from './save-kvs-recording.ts';

const ALICE = 'c0ffee00-0000-4000-8000-0000000000c1';
const BOB = 'c0ffee00-0000-4000-8000-0000000000c2';
const STREAM = 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/acme/1767225600000';
const ENDED_AT_MS = 60_500;
const THROTTLED = new RetryableError('UNAVAILABLE', 'throttled');
const CORRUPT = Uint8Array.of(0, 0, 0, 0);

for (const fragments of [1, 2, 249, 250, 251, 1001]) {
  test(`a message of ${fragments} fragments is kept sample by sample`, async () => {
    const call = connectCall({ contactId: ALICE, fragments, tracks: 'agent, caller', bytesPerFragment: 512 });
    const stream = fakeStream(call);
    const isBlank = fragments < 3;

    const { levels: _, ...saved } = await stream.save();

    assert.ok(stream.keptPcm().equals(call.pcm));
    const metadata = { language: 'en-US', 'is-complete': 'true', blank: String(isBlank) };
    assert.deepEqual(saved, {
      sizeBytes: 44 + call.pcm.length,
      durationMs: call.pcm.length / 16,
      isComplete: true,
      isBlank,
      metadata,
    });
    assert.deepEqual(stream.kept, [{ key: 'recordings/alice.wav', metadata }]);
    assert.deepEqual(stream.waits, fragments > 500 ? [1100, 1100] : []);
    assert.ok(stream.requests.every((numbers) => numbers.length <= 250));
  });
}

test('the list is asked for five seconds around the recording, whose times are cut to seconds', async () => {
  const stream = fakeStream(connectCall({ contactId: ALICE, fragments: 1 }));

  await stream.save();

  assert.deepEqual(stream.ranges, [{ streamArn: STREAM, startMs: 5000, stopMs: 65_000 }]);
});

test("neighbors on the same stream are neither asked for nor heard, even with their number in the recording's range", async () => {
  const alice = connectCall({ contactId: ALICE, fragments: 3 });
  const before = connectCall({ contactId: BOB, fragments: 2, firstNumber: 5n, seed: 2 });
  const intruder = connectCall({
    contactId: BOB,
    fragments: 1,
    firstNumber: BigInt(alice.fragmentNumbers[1] ?? 0) + 1n,
    segmentUid: '00112233445566778899aabbccddeeff',
    seed: 3,
  });
  const payloads = new Map([...before.payloads, ...alice.payloads, ...intruder.payloads]);
  const stream = fakeStream({ ...alice, payloads });

  const saved = await stream.save();

  assert.ok(stream.keptPcm().equals(alice.pcm));
  assert.equal(saved.isComplete, true);
  assert.ok(!stream.requests.flat().some((number) => before.payloads.has(number)));
});

test('a last fragment without any tag is heard to its end', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 2 });
  const [first = '', last = ''] = call.fragmentNumbers;
  const tagless = withoutTags(call.payloads.get(last));
  const stream = fakeStream({ ...call, payloads: new Map([...call.payloads, [last, tagless]]) });

  const saved = await stream.save();

  assert.ok(stream.keptPcm().equals(call.pcm));
  assert.equal(saved.isComplete, true);
  assert.deepEqual(stream.requests, [[first, last]]);
});

test('fragments that arrive in another order are sorted', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 20 });
  const stream = fakeStream(call, { answer: (numbers) => payloadsOf(call, numbers.toReversed()) });

  await stream.save();

  assert.ok(stream.keptPcm().equals(call.pcm));
});

test('a list that lags behind is asked for again until it has both ends', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const stream = fakeStream(call, { listed: [call.fragmentNumbers.slice(0, 7), [], call.fragmentNumbers] });

  await stream.save();

  assert.ok(stream.keptPcm().equals(call.pcm));
  assert.deepEqual(stream.waits, [250, 750]);
});

test('a list that never reaches the end of the recording marks it incomplete, and is asked for further around', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const stream = fakeStream(call, { listed: [call.fragmentNumbers.slice(0, 7)] });

  const saved = await stream.save();

  assert.equal(saved.isComplete, false);
  const widths = stream.ranges.map(({ startMs, stopMs }) => stopMs - startMs);
  assert.deepEqual(
    widths.map((widthMs) => widthMs - (widths[0] ?? 0)),
    [0, 0, 30_000, 110_000],
  );
});

test('a list that is throttled is asked for again, and its error thrown in the end', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const stream = fakeStream(call, { listed: [THROTTLED, call.fragmentNumbers] });
  const hopeless = fakeStream(call, { listed: [THROTTLED, THROTTLED, THROTTLED, THROTTLED] });

  assert.equal((await stream.save()).isComplete, true);
  await assert.rejects(hopeless.save(), THROTTLED);
});

test('a fragment that is not found is found at the third try', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const stream = fakeStream(call, { answer: (numbers, n) => answerWithout(call, numbers, n < 3 ? [4] : []) });

  const saved = await stream.save();

  assert.ok(stream.keptPcm().equals(call.pcm));
  assert.equal(saved.isComplete, true);
  assert.deepEqual(stream.waits, [250, 1000]);
});

test('a fragment that is never found is left out, and the recording is marked', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const stream = fakeStream(call, { answer: (numbers) => answerWithout(call, numbers, [4]) });

  const saved = await stream.save();

  assert.ok(stream.keptPcm().equals(withoutFragments(call, [4])));
  assert.equal(saved.isComplete, false);
  assert.equal(stream.kept[0]?.metadata['is-complete'], 'false');
});

test('if an answer ends with the first error, everything after it is still kept', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 40 });
  const dead = [0, 3, 4, 5, 6, 7, 8, 39];
  const stream = fakeStream(call, { answer: (numbers) => untilFirstError(call, numbers, dead) });

  const saved = await stream.save();

  assert.ok(stream.keptPcm().equals(withoutFragments(call, dead)));
  assert.equal(saved.isComplete, false);
});

test('unreadable fragments are left out, and those around them are kept', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const [, , third = '', , , , seventh = ''] = call.fragmentNumbers;
  const garbled = Buffer.from(call.payloads.get(third) ?? CORRUPT);
  garbled[garbled.indexOf('a30100000000000404', 'hex') + 1] = 0;
  const payloads = new Map([...call.payloads, [third, garbled], [seventh, CORRUPT]]);
  const stream = fakeStream({ ...call, payloads });

  const saved = await stream.save();

  assert.ok(stream.keptPcm().equals(withoutFragments(call, [2, 6])));
  assert.equal(saved.isComplete, false);
});

test('after a broken connection, reading goes on after the last whole fragment', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const stream = fakeStream(call, {
    answer: (numbers, n) =>
      n < 3 ? breakingAfter(payloadsOf(call, numbers), 40_000) : payloadsOf(call, numbers),
  });

  const saved = await stream.save();

  assert.ok(stream.keptPcm().equals(call.pcm));
  assert.equal(saved.isComplete, true);
  assert.deepEqual(
    stream.requests.map((numbers) => numbers.length),
    [10, 8, 6],
  );
});

test('after a body that ends too early without an error, reading goes on too', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const stream = fakeStream(call, {
    answer: (numbers, n) => {
      const whole = payloadsOf(call, numbers);
      return n === 1 ? [joined(whole).subarray(0, 40_000)] : whole;
    },
  });

  const saved = await stream.save();

  assert.ok(stream.keptPcm().equals(call.pcm));
  assert.equal(saved.isComplete, true);
});

test('a fragment that stays cut short is used as far as it goes, and the recording is marked', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 3 });
  const last = call.fragmentNumbers[2] ?? '';
  const short = call.payloads.get(last)?.subarray(0, 8000) ?? CORRUPT;
  const stream = fakeStream({ ...call, payloads: new Map([...call.payloads, [last, short]]) });

  const saved = await stream.save();

  const pcm = stream.keptPcm();
  assert.ok(pcm.length > 2 * 16_384 + 6000 && pcm.equals(call.pcm.subarray(0, pcm.length)));
  assert.equal(saved.isComplete, false);
});

test('an outage in the middle leaves nothing out: it fails the step', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 300 });
  const stream = fakeStream(call, {
    answer: (numbers, n) => {
      if (n > 1) throw THROTTLED;
      return payloadsOf(call, numbers);
    },
  });

  await assert.rejects(stream.save(), THROTTLED);
  assert.deepEqual(stream.kept, []);
  assert.deepEqual(stream.waits, [1000, 2500]);
});

const IN_BAND: readonly (readonly [string, string, RegExp, typeof RetryableError | typeof PermanentError])[] =
  [
    ['a failing service', '5000', /failed with INTERNAL/, RetryableError],
    ['a key service that does not answer', '4503', /failed with/, RetryableError],
    ['a key that may not be used', '4500', /allow kms:Decrypt/, PermanentError],
  ];

for (const [what, id, message, kind] of IN_BAND) {
  test(`${what}, reported within the media, fails the step instead of leaving audio out`, async () => {
    const call = connectCall({ contactId: ALICE, fragments: 4 });
    const [, second = ''] = call.fragmentNumbers;
    const error = errorPayload({
      AWS_KINESISVIDEO_FRAGMENT_NUMBER: second,
      AWS_KINESISVIDEO_ERROR_CODE: id === '5000' ? 'INTERNAL_ERROR' : 'KMS_KEY_ERROR',
      AWS_KINESISVIDEO_ERROR_ID: id,
    });
    const stream = fakeStream({ ...call, payloads: new Map([...call.payloads, [second, error]]) });

    await assert.rejects(stream.save(), (thrown) => thrown instanceof kind && message.test(thrown.message));
    assert.deepEqual(stream.kept, []);
  });
}

test('nothing is written if nothing of the message is left, and the error names the retention', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 600 });
  const stream = fakeStream(call, { answer: (numbers) => numbers.map(notFound) });

  await assert.rejects(
    stream.save(),
    ({ code, message }) =>
      code === 'NO_AUDIO' && /live media streaming retention .* at least 24 hours/.test(message),
  );
  assert.deepEqual(stream.kept, []);
});

test('nothing is written if the stream holds only others', async () => {
  const stream = fakeStream(connectCall({ contactId: BOB, fragments: 3 }));

  await assert.rejects(stream.save(), { code: 'NO_AUDIO' });
  assert.deepEqual(stream.kept, []);
});

test('nothing is written when the caller hung up without a sample', async () => {
  const stream = fakeStream(connectCall({ contactId: ALICE, fragments: 3, bytesPerFragment: 0 }));

  await assert.rejects(stream.save(), { code: 'NO_AUDIO' });
  assert.deepEqual(stream.kept, []);
});

test('a stream that can not be read at all says where', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 3 });
  const stream = fakeStream(call, { answer: () => [CORRUPT] });

  await assert.rejects(stream.save(), { code: 'MALFORMED_MEDIA', message: /at byte 0$/ });
  assert.deepEqual(stream.kept, []);
});

test('an existing copy decides what the recording is', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 3 });
  const stream = fakeStream(call);

  const there = recordingOf({ sizeBytes: 44 + 1600, metadata: { 'is-complete': 'false' } });

  const saved = await stream.save({ keepRecording: async () => there });

  assert.deepEqual(saved, there);
});

test('the levels are those of the recording', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 3 });
  const stream = fakeStream(call);

  const { levels } = await stream.save();

  const meter = levelMeter();
  meter.add(call.pcm);
  assert.deepEqual(levels, meter.end());
});

test('a message that is too short or silent is marked as blank', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 3 });

  const long = await fakeStream(call).save({ minimumMs: 3072 });
  const short = await fakeStream(call).save({ minimumMs: 3073 });

  assert.deepEqual([long.isBlank, long.hasSound], [false, undefined]);
  assert.deepEqual([short.isBlank, short.hasSound], [true, true]);
});

test('a short message is not blank if parts of it are missing: that is where the words may be', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 3 });
  const stream = fakeStream(call, { answer: (numbers) => answerWithout(call, numbers, [1, 2]) });

  const saved = await stream.save({ minimumMs: 3000 });

  assert.deepEqual([saved.isComplete, saved.isBlank], [false, false]);
});

const SECOND_MS = 1000;

for (const [what, first, last] of [
  ['end', 0, 7],
  ['beginning', 3, 10],
] as const) {
  test(`a message whose ${what} is listed late goes back to its queue, and nothing of it is read or kept`, async () => {
    const call = connectCall({ contactId: ALICE, fragments: 10 });
    const listed = [call.fragmentNumbers.slice(first, last)];

    for (const sinceEndMs of [0, 3 * SECOND_MS, 60 * SECOND_MS, 177 * SECOND_MS]) {
      const stream = fakeStream(call, { listed, sinceEndMs });
      await assert.rejects(stream.save(), { name: 'RetryableError', code: 'NOT_READY' });
      assert.deepEqual([stream.requests, stream.kept], [[], []]);
    }

    const stream = fakeStream(call, { listed, sinceEndMs: 180 * SECOND_MS });
    assert.equal((await stream.save()).isComplete, false);
    assert.equal(fakeStream(call, { listed: [call.fragmentNumbers], sinceEndMs: 5000 }).waits.length, 0);
  });
}

test('a message that waits comes back within half a minute, and exactly when the wait is over', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const listed = [call.fragmentNumbers.slice(0, 7)];

  await assert.rejects(fakeStream(call, { listed, sinceEndMs: 0 }).save(), { retryWithinMs: 30_000 });
  // Listing four times takes two and a half seconds.
  await assert.rejects(fakeStream(call, { listed, sinceEndMs: 170_000 }).save(), { retryWithinMs: 7500 });
});

test('a message that is completely listed is read after one listing, at any time', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  for (const sinceEndMs of [0, 90 * SECOND_MS, 3_600 * SECOND_MS]) {
    const stream = fakeStream(call, { listed: [timesOf(call)], sinceEndMs });

    assert.equal((await stream.save()).isComplete, true);
    assert.deepEqual([stream.ranges.length, stream.requests.length, stream.waits], [1, 1, []]);
  }
});

test('a pause of the caller needs only a second listing', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const listed = [timesOf(call, (index) => (index < 4 ? 0 : 3000))];
  const stream = fakeStream(call, { listed, sinceEndMs: 1000 });

  assert.equal((await stream.save()).isComplete, true);
  assert.deepEqual([stream.ranges.length, stream.waits], [2, [250]]);
});

test('a fragment in the middle that the second list has is read at once', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const all = timesOf(call);
  const stream = fakeStream(call, { listed: [without(all, 4), all], sinceEndMs: 1000 });

  assert.equal((await stream.save()).isComplete, true);
  assert.ok(stream.keptPcm().equals(call.pcm));
  assert.equal(stream.ranges.length, 2);
});

test('fragments in the middle that are not listed are waited for, if the gap is as long as they are', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const listed = [without(timesOf(call), 4, 5)];

  await assert.rejects(fakeStream(call, { listed, sinceEndMs: 60_000 }).save(), { code: 'NOT_READY' });

  const stream = fakeStream(call, { listed });
  assert.equal((await stream.save()).isComplete, false);
});

test('a list with a gap that grows from listing to listing is waited for', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 12 });
  let endMs = 0;
  const all = timesOf(call).map((one, index) => {
    const startMs = endMs;
    const lengthMs = 900 + ((index * 137) % 300);
    endMs += lengthMs;
    return { ...one, startMs, lengthMs };
  });
  const listed = [[2, 3, 4, 5], [3, 4, 5], [4, 5], [5]].map((late) => without(all, ...late));

  await assert.rejects(fakeStream(call, { listed, sinceEndMs: 1000 }).save(), {
    code: 'NOT_READY',
    message: /two lists of fragments differ$/,
  });
});

test('ends that are never listed but can be read are not missing', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const listed = [without(timesOf(call), 0, 9)];

  const saved = await fakeStream(call, { listed }).save();

  assert.equal(saved.isComplete, true);
});

test('an end that is never listed and has no audio leaves open what is missing before it', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const silent = connectCall({ contactId: ALICE, fragments: 10, bytesPerFragment: 0 });
  const last = call.fragmentNumbers[9] ?? '';
  const payloads = new Map([...call.payloads, [last, silent.payloads.get(last) ?? CORRUPT]]);

  const saved = await fakeStream({ ...call, payloads }, { listed: [without(timesOf(call), 8, 9)] }).save();

  assert.equal(saved.isComplete, false);
});

const GONE = new PermanentError('NO_AUDIO', 'ResourceNotFoundException');
const LOST: Readonly<Record<string, (call: Call) => Behavior['answer']>> = {
  'says so in its place': (call) => (numbers) => answerWithout(call, numbers, [4]),
  'says so and ends the answer': (call) => (numbers) => untilFirstError(call, numbers, [4]),
  'does not come': (call) => (numbers) =>
    payloadsOf(
      call,
      numbers.filter((number) => number !== call.fragmentNumbers[4]),
    ),
  'is refused as a resource that is not found': (call) => (numbers) => {
    if (numbers.includes(call.fragmentNumbers[4] ?? '')) throw GONE;
    return payloadsOf(call, numbers);
  },
};
for (const [how, answerOf] of Object.entries(LOST)) {
  test(`a listed fragment that ${how} sends the message back to its queue, and nothing is kept`, async () => {
    const call = connectCall({ contactId: ALICE, fragments: 10 });
    const answer = answerOf(call);
    assert.ok(answer);
    const stream = fakeStream(call, { answer, sinceEndMs: 30_000 });

    await assert.rejects(stream.save(), { code: 'NOT_READY', message: /is not found$/ });
    assert.deepEqual(stream.kept, []);
    assert.deepEqual(stream.kept, []);
  });
}

test('a fragment that is cut short or cannot be read is not waited for', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 10 });
  const [seventh = '', last = ''] = [call.fragmentNumbers[6], call.fragmentNumbers[9]];
  const short = call.payloads.get(last)?.subarray(0, 8000) ?? CORRUPT;
  for (const [number, bytes] of [
    [last, short],
    [seventh, CORRUPT],
  ] as const) {
    const payloads = new Map([...call.payloads, [number, bytes]]);

    const saved = await fakeStream({ ...call, payloads }, { sinceEndMs: 1000 }).save();

    assert.equal(saved.isComplete, false);
  }
});

test('a stream that holds only others is not waited for', async () => {
  const stream = fakeStream(connectCall({ contactId: BOB, fragments: 3 }), { sinceEndMs: 1000 });

  await assert.rejects(stream.save(), { name: 'PermanentError', code: 'NO_AUDIO' });
});

/** Everything on the stream with its times; `laterMs` moves the nth fragment. */
function timesOf({ fragmentNumbers }: Call, laterMs = (_index: number) => 0): FragmentListing[] {
  return fragmentNumbers.map((fragmentNumber, index) => ({
    fragmentNumber,
    startMs: 1_772_632_824_310 + index * 1024 + laterMs(index),
    lengthMs: 1024,
  }));
}

const without = (listed: readonly FragmentListing[], ...dead: readonly number[]) =>
  listed.filter((_, index) => !dead.includes(index));

interface Behavior {
  /** The n-th listing; the last one is repeated. Default: everything on the stream, backwards. */
  readonly listed?: readonly (readonly (string | FragmentListing)[] | Error)[];
  /** How long ago the call ended, milliseconds. Default: so long that the step does not wait. */
  readonly sinceEndMs?: number;
  /** The n-th answer, from 1, to a request for these numbers. Default: the requested fragments, in order. */
  readonly answer?: (
    numbers: readonly string[],
    n: number,
  ) => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Kinesis Video Streams and a bucket, as arrays. */
function fakeStream(
  call: Call,
  { listed, sinceEndMs = 180_000, answer = (numbers) => payloadsOf(call, numbers) }: Behavior = {},
) {
  const ranges: { startMs: number; stopMs: number }[] = [];
  const requests: (readonly string[])[] = [];
  const waits: number[] = [];
  const kept: { key: string; metadata: Readonly<Record<string, string>> }[] = [];
  const pcmChunks: Uint8Array[] = [];
  const ports: SaveKvsRecordingPorts = {
    async listFragments(range) {
      ranges.push(range);
      const page =
        listed?.[Math.min(ranges.length, listed.length) - 1] ?? [...call.payloads.keys()].toReversed();
      if (page instanceof Error) throw page;
      return page.map((one) => (typeof one === 'string' ? { fragmentNumber: one } : one));
    },
    async *readFragments(streamArn, numbers) {
      assert.equal(streamArn, STREAM);
      requests.push(numbers);
      yield* answer(numbers, requests.length);
    },
    async keepRecording({ key, pcm, metadataAtEnd }) {
      for await (const samples of pcm) pcmChunks.push(Uint8Array.from(samples));
      const metadata = metadataAtEnd();
      kept.push({ key, metadata });
      return recordingOf({ sizeBytes: 44 + Buffer.concat(pcmChunks).length, metadata });
    },
    minimumMs: 0,
    async wait(delayMs) {
      waits.push(delayMs);
    },
    now: () => ENDED_AT_MS + sinceEndMs + waits.reduce((sum, delayMs) => sum + delayMs, 0),
  };
  const voicemail = {
    contactId: ALICE,
    endedAtMs: ENDED_AT_MS,
    recording: {
      streamArn: STREAM,
      fragmentStartNumber: call.fragmentNumbers[0] ?? '',
      fragmentStopNumber: call.fragmentNumbers.at(-1) ?? '',
      startMs: 10_000,
      stopMs: 60_000,
    },
    recordingKey: 'recordings/alice.wav',
    metadata: { language: 'en-US' },
  };
  const save = (others: Partial<SaveKvsRecordingPorts> = {}) =>
    saveKvsRecording(voicemail, { ...ports, ...others });
  const keptPcm = () => Buffer.concat(pcmChunks);
  return { save, ranges, requests, waits, kept, keptPcm };
}

const payloadsOf = ({ payloads }: Call, numbers: readonly string[]): Uint8Array[] =>
  numbers.map((number) => payloads.get(number) ?? notFound(number));

function answerWithout(call: Call, numbers: readonly string[], dead: readonly number[]): Uint8Array[] {
  const isDead = (number: string) => dead.includes(call.fragmentNumbers.indexOf(number));
  return numbers.map((number) =>
    isDead(number) ? notFound(number) : (call.payloads.get(number) ?? CORRUPT),
  );
}

function untilFirstError(call: Call, numbers: readonly string[], dead: readonly number[]): Uint8Array[] {
  const first = numbers.findIndex((number) => dead.includes(call.fragmentNumbers.indexOf(number)));
  return answerWithout(call, first === -1 ? numbers : numbers.slice(0, first + 1), dead);
}

async function* breakingAfter(payloads: readonly Uint8Array[], bytes: number): AsyncGenerator<Uint8Array> {
  yield joined(payloads).subarray(0, bytes);
  throw new RetryableError('UNAVAILABLE', 'aborted');
}

function withoutFragments({ pcm, fragmentNumbers }: Call, dead: readonly number[]): Buffer {
  const size = pcm.length / fragmentNumbers.length;
  const kept = fragmentNumbers.map((_, i) =>
    dead.includes(i) ? CORRUPT.subarray(4) : pcm.subarray(i * size, i * size + size),
  );
  return Buffer.concat(kept);
}

/** The same document with unknown tags only. */
function withoutTags(payload: Uint8Array = CORRUPT): Uint8Array {
  const text = Buffer.from(payload).toString('latin1');
  return Buffer.from(
    text
      .replace('ContactId', 'Nobody\0\0\0')
      .replace('AWS_KINESISVIDEO_FRAGMENT_', 'NOT_KNOWN_'.padEnd(26, '_')),
    'latin1',
  );
}
