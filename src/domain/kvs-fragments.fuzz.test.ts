import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { connectCall, joined, notFound } from '../../test/kvs-payload.ts';
import { PermanentError } from './errors.ts';
import { type Fragment, fragmentsIn } from './audio/kvs-fragments.ts';

const CONTACT = 'c0ffee00-0000-4000-8000-0000000000c1';
const SHORTEST_DOCUMENT_BYTES = 5;

/** Two parties, an error, and a contact before the audio: everything an answer is made of. */
const VALID = joined([
  connectCall({ contactId: CONTACT, fragments: 1, tracks: 'agent, caller', bytesPerFragment: 2048 }).payload,
  notFound('91343852333181499999999999999900000000000000300'),
  connectCall({ contactId: CONTACT, fragments: 2, contactTags: 'before audio', bytesPerFragment: 256 })
    .payload,
]);
/** In the heads of documents: there a change does the most harm. */
const HEAD_BYTES = 700;

const place = fc.oneof(fc.nat({ max: VALID.length - 1 }), fc.nat({ max: HEAD_BYTES }));
const hostile = fc.constantFrom(
  ...[
    'ff',
    '00',
    '01ffffffffffffff',
    '01fffffffffffffe',
    '1a45dfa3',
    '18538067ff',
    '1f43b675ff',
    'a3100fffff',
  ].map((digits) => new Uint8Array(Buffer.from(digits, 'hex'))),
);
const change = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat({ max: 7 }) }),
  fc.record({ kind: fc.constant('cut' as const), at: place, sizeBytes: fc.integer({ min: 1, max: 3000 }) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: place,
    bytes: fc.oneof(fc.uint8Array({ maxLength: 40 }), hostile),
  }),
  fc.record({ kind: fc.constant('overwrite' as const), at: place, bytes: hostile }),
  fc.record({
    kind: fc.constant('repeat' as const),
    at: place,
    sizeBytes: fc.integer({ min: 1, max: 3000 }),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

test('an answer that is flipped, cut, extended or repeated anywhere gives its readable part, however the bytes arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }),
      async (changes, sizes) => {
        const bytes = changes.reduce(changed, VALID);

        const inOne = await read(bytes, [bytes.length]);
        const inPieces = await read(bytes, sizes);

        assertBounded(inOne, bytes);
        assert.deepEqual(summary(inPieces), summary(inOne));
      },
    ),
    { numRuns: 600 },
  );
});

test('any bytes after a header give their readable part', async () => {
  const header = VALID.subarray(0, 40);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(hostile, fc.uint8Array({ maxLength: 20 }))), async (pieces) => {
      const bytes = joined([header, ...pieces]);

      assertBounded(await read(bytes, [bytes.length]), bytes);
    }),
    { numRuns: 600 },
  );
});

test('an answer that announces much and sends little takes no more memory than the largest element', async () => {
  const bytes = joined([VALID.subarray(0, 40), Buffer.from('a3100fffff', 'hex'), new Uint8Array(5000)]);
  const before = process.memoryUsage().arrayBuffers;

  await read(bytes, [1]);

  assert.ok(process.memoryUsage().arrayBuffers - before < 3 * 1024 * 1024);
});

interface Outcome {
  readonly fragments: readonly Fragment[];
  readonly error?: unknown;
}

async function read(bytes: Uint8Array, sizes: readonly number[]): Promise<Outcome> {
  async function* chunks() {
    for (let at = 0, i = 0; at < bytes.length; i++) {
      const size = sizes[i % sizes.length] ?? 1;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }
  const fragments: Fragment[] = [];
  try {
    for await (const whole of fragmentsIn(chunks())) fragments.push(...whole);
  } catch (error) {
    return { fragments, error };
  }
  return { fragments };
}

/** No more comes out than went in, and an error is ours and names a place within the input. */
function assertBounded({ fragments, error }: Outcome, bytes: Uint8Array): void {
  const audioBytes = fragments
    .flatMap(({ audio }) => [...audio])
    .reduce((sum, { samples }) => sum + samples.length, 0);
  assert.ok(audioBytes <= bytes.length);
  assert.ok(fragments.length * SHORTEST_DOCUMENT_BYTES <= bytes.length);
  if (error === undefined) return;
  assert.ok(error instanceof PermanentError);
  assert.equal(error.code, 'MALFORMED_MEDIA');
  const [, offset = ''] = / at byte (\d+)$/.exec(error.message) ?? [];
  assert.ok(Number(offset) < bytes.length, error.message);
}

const summary = ({ fragments, error }: Outcome) => ({
  fragments: fragments.map(({ audio, ...rest }) => ({
    ...rest,
    audio: Array.from(audio, ({ timeMs, samples }) => `${timeMs} ${Buffer.from(samples).toString('base64')}`),
  })),
  error: String(error),
});

function changed(bytes: Uint8Array, wanted: Change): Uint8Array {
  const at = Math.min(wanted.at, bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (wanted.kind) {
    case 'flip':
      return joined([before, after.map((byte, i) => (i === 0 ? byte ^ (1 << wanted.bit) : byte))]);
    case 'cut':
      return joined([before, after.subarray(wanted.sizeBytes)]);
    case 'insert':
      return joined([before, wanted.bytes, after]);
    case 'overwrite':
      return joined([before, wanted.bytes, after.subarray(wanted.bytes.length)]);
    case 'repeat':
      return joined([before, after.subarray(0, wanted.sizeBytes), after]);
  }
}
