import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVideoStreams, type VideoStreams } from './streams.ts';

const ARN = 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/vm-connect-acme-contact-1/1767225600000';
const HOUR_MS = 3_600_000;

test('fragment numbers have 47 digits, grow unevenly, and are all equal as a Number', () => {
  const { streams, append } = streamsAt();

  const numbers = [append(), append(), append(), append()];

  const values = numbers.map(BigInt);
  const gaps = values.slice(1).map((value, index) => value - (values[index] ?? 0n));
  assert.ok(numbers.every((number) => /^\d{47}$/.test(number)));
  assert.ok(gaps.every((gap) => gap > 1n));
  assert.equal(new Set(gaps).size, gaps.length);
  assert.equal(new Set(numbers.map(Number)).size, 1);
  assert.equal(idsOn(streams).length, 4);
});

test('a fragment is gone once its retention is over', () => {
  const { streams, append, pass } = streamsAt({ retentionHours: 24 });
  const early = append();

  pass(24 * HOUR_MS + 1);
  const late = append();

  assert.deepEqual(idsOn(streams), [late]);
  assert.equal(streams.findFragment(streamOn(streams), early), undefined);
});

test('a stream without retention can be read for five minutes', () => {
  const { streams, append, pass } = streamsAt({ retentionHours: 0 });
  const number = append();

  pass(5 * 60_000);
  assert.deepEqual(idsOn(streams), [number]);
  pass(1);
  assert.deepEqual(idsOn(streams), []);
});

test('a fragment can be written when it is read, with its number', () => {
  const { streams } = streamsAt();

  const number = streams.append(ARN, {
    bytes: (own) => Buffer.from(own),
    producerMs: 1,
    serverMs: 1_000_000,
    lengthMs: 1,
  });

  const fragment = streams.findFragment(streamOn(streams), number);
  assert.equal(Buffer.from(fragment?.bytes() ?? []).toString(), number);
  assert.equal(fragment?.sizeBytes, 47);
});

test('a fragment with faults is listed late, first missing and then broken, and its stream refuses calls', () => {
  const { streams, pass } = streamsAt();

  const number = streams.append(ARN, {
    bytes: Buffer.of(1),
    producerMs: 1_000_000,
    serverMs: 1_000_000,
    lengthMs: 1,
    faults: { listedAfterMs: 1000, missingReads: 2, brokenReads: 1, refusedCalls: 1 },
  });

  assert.deepEqual(idsOn(streams), []);
  pass(1000);
  assert.deepEqual(idsOn(streams), [number]);
  const fragment = streams.findFragment(streamOn(streams), number);
  const missing = [1, 2, 3].map(() => fragment?.isMissing());
  const broken = [1, 2].map(() => fragment?.isBroken());
  const refused = [1, 2].map(() => streams.refuses(ARN));
  assert.deepEqual(
    { missing, broken, refused },
    {
      missing: [true, true, false],
      broken: [true, false],
      refused: [true, false],
    },
  );
});

function streamsAt({ retentionHours = 1 } = {}) {
  let nowMs = 1_000_000;
  const streams = createVideoStreams({ now: () => nowMs });
  streams.createStream({ arn: ARN, retentionHours });
  return {
    streams,
    append: () =>
      streams.append(ARN, { bytes: Buffer.of(1), producerMs: nowMs, serverMs: nowMs, lengthMs: 1024 }),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

function streamOn(streams: VideoStreams) {
  const stream = streams.findByArn(ARN);
  assert.ok(stream);
  return stream;
}

function idsOn(streams: VideoStreams) {
  return streams.fragments(streamOn(streams)).map(({ number }) => number);
}
