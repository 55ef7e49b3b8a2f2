import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromHex } from '../../../test/hex.ts';
import { connectCall, joined, seededRandom } from '../../../test/kvs-payload.ts';
import { PermanentError } from '../errors.ts';
import { type Fragment, fragmentsIn } from './kvs-fragments.ts';

const NUMBER = '91343852333181499999999999999900000000000000101';
const CONTACT = 'c0ffee00-0000-4000-8000-0000000000c1';
const OTHER = 'c0ffee00-0000-4000-8000-0000000000c2';
const SEGMENT_UID = 'a0a1a2a3a4a5a6a7a8a9aaabacadaeaf';
const SAID_AT = 1_772_632_824_310;
/** What most fixtures say about themselves. */
const NAMED = { fragmentNumber: NUMBER, contactId: CONTACT, segmentUid: SEGMENT_UID, truncated: false };

const FIXTURES: Readonly<Record<string, readonly unknown[] | string>> = {
  two_tracks: [{ ...NAMED, audio: [`${SAID_AT} 1011121314151617`, `${SAID_AT + 64} 3031323334353637`] }],
  tracks_swapped: [{ ...NAMED, audio: [`${SAID_AT} 2021222324252627`] }],
  old_track_name: [{ ...NAMED, audio: [`${SAID_AT} 1011121314151617`] }],
  tags_before_audio: [{ ...NAMED, audio: [`${SAID_AT} 1011121314151617`] }],
  ebml_magic_in_pcm: [{ ...NAMED, audio: [`${SAID_AT} 1a45dfa393185380671f43b675a38100`] }],
  known_sizes: [
    {
      ...NAMED,
      audio: [
        `${SAID_AT} 1011121314151617`,
        `${SAID_AT + 64} 2021222324252627`,
        `${SAID_AT + 118} 3031323334353637`,
      ],
    },
  ],
  time_scale: [{ ...NAMED, audio: ['1006 1011121314151617'] }],
  fragment_not_found: [
    {
      fragmentNumber: NUMBER,
      error: { code: 'FRAGMENT_NOT_FOUND', id: '3000' },
      truncated: false,
      audio: [],
    },
  ],
  exception_as_documented: [
    {
      fragmentNumber: NUMBER,
      error: { code: '4000', message: 'Requested fragment is not found' },
      truncated: false,
      audio: [],
    },
  ],
  contact_missing_at_the_end: [
    { ...NAMED, audio: [`${SAID_AT} 1011121314151617`] },
    {
      fragmentNumber: NUMBER.replace(/101$/, '212'),
      segmentUid: SEGMENT_UID,
      truncated: false,
      audio: [`${SAID_AT + 64} 2021222324252627`],
    },
  ],
  cut_in_a_block: [
    { fragmentNumber: NUMBER, segmentUid: SEGMENT_UID, truncated: true, audio: [`${SAID_AT} 10111213`] },
  ],
  odd_block: [{ ...NAMED, audio: [`${SAID_AT} 10111213`] }],
  size_widths: [
    {
      ...NAMED,
      audio: ['0101', '0202', '0303', '0404', '0505', '0606', '0707', '0808'].map(
        (samples, i) => `${SAID_AT + i * 64} ${samples}`,
      ),
    },
  ],
  unknown_elements: [{ ...NAMED, audio: [`${SAID_AT} 1011121314151617`] }],
  contact_on_both_sides: [{ ...NAMED, audio: [`${SAID_AT} 1011121314151617`] }],
  padded_name: [{ ...NAMED, audio: [`${SAID_AT} 1011121314151617`] }],
  empty_name: [{ ...NAMED, audio: [] }],
  short_block: [
    {
      ...NAMED,
      audio: [`${SAID_AT} 1011121314151617`, `${SAID_AT + 64} 2021`, `${SAID_AT + 128} 3031323334353637`],
    },
  ],
  block_group: [
    {
      ...NAMED,
      audio: [
        `${SAID_AT} 1011121314151617`,
        `${SAID_AT + 64} 2021222324252627`,
        `${SAID_AT + 128} 3031323334353637`,
      ],
    },
  ],
  cut_in_the_header: [{ truncated: true, audio: [] }],
  cut_in_the_tags: [
    {
      fragmentNumber: NUMBER,
      segmentUid: SEGMENT_UID,
      truncated: true,
      audio: [`${SAID_AT} 1011121314151617`],
    },
  ],
  endless_element: 'the video stream holds an element of 72057594037927940 bytes at byte 230',
  document_too_long: 'the video stream holds an element of 8388609 bytes at byte 194',
  garbage_between_documents: 'the video stream holds no element id at byte 295',
  laced_block: 'the video stream holds a laced block at byte 209',
  leaf_of_unknown_size: 'the video stream holds an element of unknown size at byte 209',
  block_too_large: 'the video stream holds an element of 16777216 bytes at byte 209',
};

test('every fixture is read', () => {
  const names = readdirSync(new URL('../../../test/fixtures/kvs', import.meta.url));

  assert.deepEqual(
    names.toSorted(),
    Object.keys(FIXTURES)
      .map((name) => `${name}.hex`)
      .toSorted(),
  );
});

for (const [name, expected] of Object.entries(FIXTURES)) {
  test(`${name.replaceAll('_', ' ')}: read the same however the bytes are cut`, async () => {
    const bytes = fromHex(
      readFileSync(new URL(`../../../test/fixtures/kvs/${name}.hex`, import.meta.url), 'utf8'),
    );

    for (const cut of [whole, byteByByte, fibonacci, atRandom(1), atRandom(2), atRandom(3)])
      assert.deepEqual(await outcomeOf(cut(bytes)), expected);
  });
}

for (const fragments of [1, 2, 16, 999, 1000, 1001, 1500]) {
  for (const tracks of ['caller', 'caller, agent', 'agent, caller'] as const) {
    test(`every sample of the caller is there: ${fragments} fragments, ${tracks}`, async () => {
      const call = connectCall({ contactId: CONTACT, fragments, tracks, bytesPerFragment: 4096 });

      const found = await fragmentsOf(inPiecesOf(call.payload, 65_536));

      assert.deepEqual(
        found.map(({ fragmentNumber }) => fragmentNumber),
        call.fragmentNumbers,
      );
      assert.ok(found.every(({ contactId, truncated }) => contactId === CONTACT && !truncated));
      assert.ok(Buffer.from(call.pcm).equals(pcmIn(found)));
    });
  }
}

test('a whole second of two parties is read the same one byte at a time', async () => {
  const call = connectCall({ contactId: CONTACT, fragments: 2, tracks: 'agent, caller' });

  assert.ok(Buffer.from(call.pcm).equals(pcmIn(await fragmentsOf(byteByByte(call.payload)))));
  assert.ok(Buffer.from(call.pcm).equals(pcmIn(await fragmentsOf(fibonacci(call.payload)))));
});

test('blocks carry the time they were said at', async () => {
  const { payload } = connectCall({ contactId: CONTACT, fragments: 2, startMs: SAID_AT });

  const times = (await fragmentsOf(whole(payload))).flatMap(({ audio }) =>
    Array.from(audio, ({ timeMs }) => timeMs),
  );

  assert.deepEqual(
    times,
    Array.from({ length: 32 }, (_, i) => SAID_AT + i * 64),
  );
});

test('contacts and sessions that take turns in one answer are not mixed up', async () => {
  const contactIds = [CONTACT, OTHER, CONTACT, 'é', '\u{fffd}', '', CONTACT.slice(0, -1), CONTACT];
  const sessions = ['01'.repeat(16), '02'.repeat(16), '02'.repeat(16), '0102'.repeat(8)];
  const turns = contactIds.map((contactId, i) => ({ contactId, segmentUid: sessions[i % 4] ?? '' }));
  const payload = joined(turns.map((turn) => connectCall({ ...turn, fragments: 1 }).payload));

  for (const cut of [whole, fibonacci]) {
    const found = await fragmentsOf(cut(payload));
    assert.deepEqual(
      found.map(({ contactId = '', segmentUid }) => ({ contactId, segmentUid })),
      // The payload is written in ASCII, so a letter outside it is one byte, which is not UTF-8.
      turns.map((turn) => ({
        ...turn,
        contactId: /^[\x20-\x7e]*$/.test(turn.contactId) ? turn.contactId : '\u{fffd}',
      })),
    );
  }
});

test('wherever the input breaks off, only the last fragment is marked, and all audio before the break is exact', async () => {
  const call = connectCall({ contactId: CONTACT, fragments: 3, bytesPerFragment: 2048 });
  const length = call.payload.length / 3;

  for (let end = 2 * length + 45; end < call.payload.length; end += 13) {
    const found = await fragmentsOf(inPiecesOf(call.payload.subarray(0, end), 500));

    assert.deepEqual(
      found.slice(0, 2).map(({ truncated }) => truncated),
      [false, false],
    );
    const pcm = pcmIn(found);
    assert.ok(pcm.equals(call.pcm.subarray(0, pcm.length)));
    assert.ok(pcm.length >= 4096);
  }
});

test('fragments that are whole come before the error of one that is not, and before a broken connection', async () => {
  const { payload } = connectCall({ contactId: CONTACT, fragments: 2 });
  const garbage = Uint8Array.of(0, 0, 0);
  const reset = new Error('ECONNRESET');
  async function* breaking() {
    yield joined([payload, payload]);
    throw reset;
  }

  const malformed = await fragmentsUntilError(whole(joined([payload, payload, garbage])));
  const broken = await fragmentsUntilError(breaking());

  assert.equal(malformed.found.length, 3);
  assert.ok(malformed.error instanceof PermanentError);
  assert.equal(broken.found.length, 3);
  assert.equal(broken.error, reset);
});

test('an empty answer holds no fragments', async () => {
  assert.deepEqual(await fragmentsOf(inPiecesOf(new Uint8Array(), 1)), []);
});

test('any bytes end in fragments or in a typed error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      await outcomeOf(byteByByte(joined([fromHex('1a45dfa3 80 18538067 ff 1f43b675 ff'), bytes])));
      await outcomeOf(whole(bytes));
    }),
  );
});

test('a call with any of its bytes changed ends in fragments or in a typed error', async () => {
  const { payload } = connectCall({ contactId: CONTACT, fragments: 2, bytesPerFragment: 128 });
  const change = fc.record({ at: fc.nat({ max: payload.length - 1 }), to: fc.nat({ max: 255 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const changed = payload.slice();
      for (const { at, to } of changes) changed[at] = to;

      assert.deepEqual(await outcomeOf(fibonacci(changed)), await outcomeOf(whole(changed)));
    }),
  );
});

/** Fragments with their audio as `time hex`, or the message of the typed error. */
async function outcomeOf(chunks: AsyncIterable<Uint8Array>): Promise<unknown> {
  const { found, error } = await fragmentsUntilError(chunks);
  if (error !== undefined) {
    assert.ok(error instanceof PermanentError);
    return error.message;
  }
  return found.map((fragment) => ({
    ...fragment,
    audio: Array.from(
      fragment.audio,
      ({ timeMs, samples }) => `${timeMs} ${Buffer.from(samples).toString('hex')}`,
    ),
  }));
}

async function fragmentsUntilError(chunks: AsyncIterable<Uint8Array>) {
  const found: Fragment[] = [];
  try {
    for await (const fragments of fragmentsIn(chunks)) found.push(...fragments);
  } catch (error) {
    return { found, error };
  }
  return { found, error: undefined };
}

async function fragmentsOf(chunks: AsyncIterable<Uint8Array>): Promise<Fragment[]> {
  const { found, error } = await fragmentsUntilError(chunks);
  assert.equal(error, undefined);
  return found;
}

const pcmIn = (fragments: readonly Fragment[]): Buffer =>
  Buffer.concat(fragments.flatMap(({ audio }) => Array.from(audio, ({ samples }) => samples)));

async function* inPieces(bytes: Uint8Array, nextSize: () => number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const size = nextSize();
    yield bytes.slice(at, at + size);
    at += size;
  }
}

const inPiecesOf = (bytes: Uint8Array, size: number) => inPieces(bytes, () => size);
const whole = (bytes: Uint8Array) => inPiecesOf(bytes, Math.max(1, bytes.length));
const byteByByte = (bytes: Uint8Array) => inPiecesOf(bytes, 1);

function fibonacci(bytes: Uint8Array) {
  let [a, b] = [1, 1];
  return inPieces(bytes, () => {
    [a, b] = [b, a + b];
    return a;
  });
}

const atRandom = (seed: number) => (bytes: Uint8Array) => {
  const next = seededRandom(seed);
  return inPieces(bytes, () => 1 + next(60));
};
