import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Call, connectCall, errorPayload, notFound } from '../../test/kvs-payload.ts';
import { RetryableError } from '../domain/errors.ts';
import { type Losses, readCallerAudio, type ReadCallerAudioPorts } from './read-caller-audio.ts';

const ALICE = 'c0ffee00-0000-4000-8000-0000000000c1';
const STREAM = 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/acme/1767225600000';
const SPOKEN_AT_MS = 1_772_632_824_310;
const FRAGMENT_MS = 1024;

for (const fragments of [1, 2, 16, 999, 1000, 1001, 5000]) {
  for (const tracks of ['caller', 'agent, caller'] as const) {
    test(`${fragments} fragments with the tracks ${tracks} are placed sample by sample`, async () => {
      const call = connectCall({ contactId: ALICE, fragments, tracks, bytesPerFragment: 1024 });
      const stream = fakeStream(call);

      await stream.read();

      assert.ok(stream.heard().equals(call.pcm));
      assert.equal(stream.losses.fragmentCount, 0);
    });
  }
}

test('three seconds that never came on the stream are three seconds of silence', async () => {
  const first = connectCall({ contactId: ALICE, fragments: 3 });
  const second = callOf({ seconds: 3 * 1.024 + 3, fragments: 2, seed: 2, number: 50 });
  const stream = fakeStream(inOneStream(first, second));

  await stream.read();

  assert.ok(stream.heard().equals(Buffer.concat([first.pcm, silence(3000), second.pcm])));
  assert.equal(stream.losses.fragmentCount, 0);
});

test('what a producer sends again under new numbers is heard once', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 12 });
  const again = callOf({ fragments: 12, number: 100 });
  const stream = fakeStream(inOneStream(firstOf(call, 8), lastOf(again, 9)));

  await stream.read();

  assert.ok(stream.heard().equals(call.pcm));
});

test('a producer that sends again in fragments of another length is heard once', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 12, bytesPerFragment: 10 * 1024 });
  const again = callOf({ fragments: 10, bytesPerFragment: 12 * 1024, number: 100 });
  const stream = fakeStream(inOneStream(firstOf(call, 8), lastOf(again, 5)));

  await stream.read();

  assert.ok(stream.heard().equals(call.pcm));
});

test('joined, what is sent again is heard again', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 2 });
  const stream = fakeStream(inOneStream(call, callOf({ fragments: 2, number: 100 })));

  await stream.read({ audioPlacement: 'joined' });

  assert.ok(stream.heard().equals(Buffer.concat([call.pcm, call.pcm])));
});

for (const startMs of [0, SPOKEN_AT_MS + 36_000_000, SPOKEN_AT_MS - 36_000_000]) {
  test(`fragments whose time is ${new Date(startMs).toISOString()} stay in their place`, async () => {
    const [before, after] = [
      connectCall({ contactId: ALICE, fragments: 4 }),
      callOf({ seconds: 6 * 1.024, fragments: 4, seed: 3, number: 100 }),
    ];
    const odd = connectCall({ contactId: ALICE, fragments: 2, startMs, seed: 2, firstNumber: numberOf(50) });
    const stream = fakeStream(inOneStream(before, odd, after));

    await stream.read();

    assert.ok(stream.heard().equals(Buffer.concat([before.pcm, odd.pcm, after.pcm])));
  });
}

const NOT_FOUND: readonly (readonly [string, (fragmentNumber: string) => Uint8Array])[] = [
  ['in the spelling of the wire', notFound],
  [
    'in the spelling of the documentation',
    (AWS_KINESISVIDEO_FRAGMENT_NUMBER) =>
      errorPayload({ AWS_KINESISVIDEO_FRAGMENT_NUMBER, AWS_KINESISVIDEO_EXCEPTION_ERROR_CODE: '4000' }),
  ],
];

for (const [spelling, error] of NOT_FOUND) {
  test(`fragments not found, ${spelling}, are asked for again, then silence of their length, and counted`, async () => {
    const call = connectCall({ contactId: ALICE, fragments: 10 });
    const lost = new Set(call.fragmentNumbers.slice(4, 6));
    const stream = fakeStream(call, (number) => (lost.has(number) ? error(number) : undefined));

    await stream.read();

    const { pcm } = call;
    const whole = Buffer.concat([
      pcm.subarray(0, 4 * FRAGMENT_MS * 16),
      silence(2 * FRAGMENT_MS),
      pcm.subarray(6 * FRAGMENT_MS * 16),
    ]);
    assert.ok(stream.heard().equals(whole));
    assert.equal(stream.losses.fragmentCount, 2);
    assert.equal(
      stream.requests.filter(({ numbers }) => numbers.some((number) => lost.has(number))).length,
      4,
    );
  });

  test(`a fragment not found at first, ${spelling}, is heard in its place`, async () => {
    const call = connectCall({ contactId: ALICE, fragments: 10 });
    const late = call.fragmentNumbers[4];
    const stream = fakeStream(call, (number, request) =>
      number === late && request < 3 ? error(number) : undefined,
    );

    await stream.read();

    assert.ok(stream.heard().equals(call.pcm));
    assert.equal(stream.losses.fragmentCount, 0);
  });
}

test('at most 500 fragments are requested in a second, and one request at a time', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 3000, bytesPerFragment: 64 });
  const stream = fakeStream(call);

  await stream.read();

  assert.equal(stream.mostAtOnce(), 1);
  for (const { atMs } of stream.requests) {
    const within = stream.requests.filter((other) => other.atMs >= atMs && other.atMs < atMs + 1000);
    assert.ok(within.reduce((sum, { numbers }) => sum + numbers.length, 0) <= 500);
  }
});

test('nothing is read ahead while the reader does not take the audio', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 20 });
  const stream = fakeStream(call);
  const audio = stream.open();

  await audio.next();
  for (let i = 0; i < 500; i++) await nextTurn();

  assert.ok(stream.sentBytes() < 200_000);
  await audio.return();
});

test('reading stops when the reader stops', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 2000, bytesPerFragment: 1024 });
  const stream = fakeStream(call);
  const audio = stream.open();
  await audio.next();

  await audio.return();

  assert.equal(stream.atOnce(), 0);
  const { length } = stream.requests;
  for (let i = 0; i < 100; i++) await nextTurn();
  assert.equal(stream.requests.length, length);
});

test('an outage is thrown after all audio that was read before it', async () => {
  const call = connectCall({ contactId: ALICE, fragments: 300, bytesPerFragment: 1024 });
  const stream = fakeStream(call, (number) => {
    if (call.fragmentNumbers.indexOf(number) >= 250) throw new RetryableError('UNAVAILABLE', 'no answer');
    return undefined;
  });

  await assert.rejects(stream.read(), RetryableError);

  assert.ok(stream.heard().equals(Buffer.from(call.pcm.subarray(0, 250 * 1024))));
});

/** The replacement of a fragment in the n-th request, from 1. */
type Instead = (fragmentNumber: string, request: number) => Uint8Array | undefined;

/** A video stream with a clock of its own, which only waiting moves. */
function fakeStream(call: Call, instead: Instead = () => undefined) {
  const losses: Losses = { fragmentCount: 0, damage: undefined, isSeamless: true };
  const requests: { readonly atMs: number; readonly numbers: readonly string[] }[] = [];
  const heard: Uint8Array[] = [];
  let [clockMs, atOnce, mostAtOnce, sentBytes] = [0, 0, 0, 0];
  const ports: ReadCallerAudioPorts = {
    now: () => clockMs,
    async wait(delayMs) {
      const untilMs = clockMs + delayMs;
      await nextTurn();
      clockMs = Math.max(clockMs, untilMs);
    },
    async *readFragments(_streamArn, numbers) {
      requests.push({ atMs: clockMs, numbers });
      const request = requests.length;
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      try {
        for (const number of numbers) {
          const bytes = instead(number, request) ?? call.payloads.get(number) ?? notFound(number);
          sentBytes += bytes.length;
          yield bytes;
        }
      } finally {
        atOnce--;
      }
    },
  };
  const open = (others: Partial<ReadCallerAudioPorts> = {}) =>
    readCallerAudio(
      {
        contactId: ALICE,
        streamArn: STREAM,
        startMs: Math.floor(SPOKEN_AT_MS / 1000) * 1000,
        stopMs: SPOKEN_AT_MS + Math.floor(call.pcm.length / 16_000) * 1000 + 10_000,
        fragmentNumbers: call.fragmentNumbers,
        losses,
      },
      { ...ports, ...others },
    );
  const read = async (others?: Partial<ReadCallerAudioPorts>) => {
    for await (const samples of open(others)) heard.push(Uint8Array.from(samples));
  };
  return {
    open,
    read,
    losses,
    requests,
    heard: () => Buffer.concat(heard),
    atOnce: () => atOnce,
    mostAtOnce: () => mostAtOnce,
    sentBytes: () => sentBytes,
  };
}

const numberOf = (number: number) =>
  91343852333181499999999999999900000000000000101n + BigInt(number) * 4952031n;

/** More of the same caller, from `seconds` on, numbered from the `number`-th fragment on. */
function callOf({
  seconds = 0,
  number,
  ...options
}: { seconds?: number; number: number } & Omit<Parameters<typeof connectCall>[0], 'contactId'>): Call {
  const startMs = SPOKEN_AT_MS + seconds * 1000;
  return connectCall({ contactId: ALICE, startMs, firstNumber: numberOf(number), ...options });
}

function part(call: Call, first: number, end?: number): Call {
  const fragmentNumbers = call.fragmentNumbers.slice(first, end);
  return { ...call, fragmentNumbers };
}

const firstOf = (call: Call, count: number) => part(call, 0, count);
const lastOf = (call: Call, count: number) => part(call, call.fragmentNumbers.length - count);

function inOneStream(...calls: readonly Call[]): Call {
  const [first] = calls;
  assert.ok(first);
  return {
    ...first,
    fragmentNumbers: calls.flatMap(({ fragmentNumbers }) => fragmentNumbers),
    payloads: new Map(calls.flatMap(({ payloads }) => [...payloads])),
  };
}

const silence = (lengthMs: number) => new Uint8Array(lengthMs * 16);
