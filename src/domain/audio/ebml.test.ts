import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromHex } from '../../../test/hex.ts';
import { contentOf, EbmlWalker, type Element, oneOf, textOf, uintOf } from './ebml.ts';
import { ID } from './element-ids.ts';
import { PermanentError } from '../errors.ts';

/** What was visited: `id@offset` and the content. */
function visited(...chunks: Uint8Array[]) {
  const seen: string[] = [];
  const walker = walkerOf((element) => {
    const { id, offsetBytes, isWhole } = element;
    const content = Buffer.from(contentOf(element)).toString('hex');
    seen.push(`${id.toString(16)}@${offsetBytes}${isWhole ? '' : ' cut'} ${content}`.trim());
  });
  for (const chunk of chunks) walker.push(chunk);
  return { seen, isCut: walker.finish() };
}

const malformed = (message: string) => new PermanentError('MALFORMED_MEDIA', message);

test('containers are entered, wanted elements visited, others skipped, with their offsets', () => {
  const { seen, isCut } = visited(
    fromHex(`
      1a45dfa3 84  4286 81 01        # EBML header, version 1: not wanted
      18538067 ff                    # Segment, size unknown in one byte
      1f43b675 01ffffffffffffff      # Cluster, size unknown in eight
      e7 82 0102                     # timestamp
      ec 4003 aabbcc                 # Void
    `),
  );

  assert.deepEqual(seen, ['1a45dfa3@0', '18538067@9', '1f43b675@14', 'e7@26 0102']);
  assert.equal(isCut, false);
});

test('the size of an element may take any width from one to eight bytes', () => {
  for (let width = 1; width <= 8; width++) {
    const size = Buffer.alloc(width);
    size[width - 1] = 2;
    size[0] = (size[0] ?? 0) | (0x80 >> (width - 1));

    const { seen } = visited(fromHex(`1a45dfa3 80 e7 ${size.toString('hex')} 0102`));

    assert.equal(seen.at(-1), 'e7@5 0102');
  }
});

test('an input that ends within a header, a content, a skip or a container is cut', () => {
  assert.equal(visited(fromHex('1a45dfa3 80')).isCut, false);
  assert.equal(visited(fromHex('1a45df')).isCut, true);
  assert.equal(visited(fromHex('1a45dfa3 80 e7 82 01')).isCut, true);
  assert.equal(visited(fromHex('1a45dfa3 80 ec 82 01')).isCut, true);
  assert.equal(visited(fromHex('1a45dfa3 80 1f43b675 86 e7 82 0102')).isCut, true);
});

test('the part of a cut last element is visited, and marked', () => {
  assert.deepEqual(visited(fromHex('1a45dfa3 80 a3 84 0102')).seen, ['1a45dfa3@0', 'a3@5 cut 0102']);
  assert.deepEqual(visited(fromHex('1a45dfa3 80 a3')).seen, ['1a45dfa3@0']);
});

test('an empty input is not cut', () => {
  assert.deepEqual(visited(), { seen: [], isCut: false });
});

const REFUSED: readonly (readonly [string, string, string])[] = [
  ['something other than EBML', '18538067 ff', 'something other than an EBML header at byte 0'],
  ['an id of five bytes', '1a45dfa3 80 08', 'no element id at byte 5'],
  ['a size of nine bytes', '1a45dfa3 80 e7 00', 'no element size at byte 5'],
  ['a reserved id', '1a45dfa3 80 ff 80', 'a reserved element id at byte 5'],
  ['a content of unknown size', '1a45dfa3 80 e7 ff', 'an element of unknown size at byte 5'],
  ['more than 1 MiB in one element', '1a45dfa3 80 a3 10100001', 'an element of 1048577 bytes at byte 5'],
  ['more than 1 MiB to skip', '1a45dfa3 80 ec 10100001', 'an element of 1048577 bytes at byte 5'],
  ['a Cluster beyond 8 MiB', '1a45dfa3 80 1f43b675 0800800001', 'an element of 8388609 bytes at byte 5'],
  [
    'a size beyond 2^53',
    '1a45dfa3 80 e7 01fffffffffffffe',
    'an element of 72057594037927940 bytes at byte 5',
  ],
];

for (const [what, bytes, found] of REFUSED) {
  test(`${what} is refused, with its place, in one piece and byte by byte`, () => {
    const input = fromHex(bytes);
    const error = malformed(`the video stream holds ${found}`);

    assert.throws(() => visited(input), error);
    assert.throws(() => visited(...[...input].map((byte) => Uint8Array.of(byte))), error);
  });
}

test('a fragment over 8 MiB is refused, and several fragments that are longer together are not', () => {
  const megabyte = Buffer.concat([fromHex('ec 100ffff0'), Buffer.alloc(0xffff0)]);
  const fragment = [fromHex('1a45dfa3 80'), ...Array.from({ length: 8 }, () => megabyte)];

  assert.equal(visited(...fragment, ...fragment).seen.length, 2);
  assert.throws(
    () => visited(...fragment, megabyte),
    malformed(`the video stream holds a fragment longer than 8 MiB at byte ${5 + 8 * megabyte.length}`),
  );
});

test('content is a view of the pushed chunk, unless it was cut between two chunks', () => {
  const chunk = fromHex('1a45dfa3 80 e7 82 0102 e7 82 03');
  const views: Uint8Array[] = [];
  const walker = walkerOf((element) => views.push(contentOf(element)));

  walker.push(chunk);
  walker.push(fromHex('04'));

  assert.equal(views[1]?.buffer, chunk.buffer);
  assert.deepEqual(new Uint8Array(views[2] ?? []), fromHex('0304'));
});

test('numbers are read up to 2^53 - 1, and text without its padding', () => {
  const read: unknown[] = [];
  const walker = walkerOf((element) => {
    if (element.id === ID.TIMESTAMP) read.push(uintOf(element));
    if (element.id === ID.TAG_STRING) read.push(textOf(element));
  });

  walker.push(fromHex('1a45dfa3 80 e7 80 e7 88 001fffffffffffff 4487 85 c3a9000000 4487 82 0000'));

  assert.deepEqual(read, [0, Number.MAX_SAFE_INTEGER, 'é', '']);
  assert.throws(
    () => walker.push(fromHex('e7 88 0020000000000000')),
    malformed('the video stream holds a number above 2^53 at byte 30'),
  );
});

test('a known text is found as it would be decoded', () => {
  const names: (string | undefined)[] = [];
  const walker = walkerOf((element) => {
    if (element.id === ID.TAG_NAME) names.push(oneOf(['ab', 'abc'], element));
  });

  walker.push(
    fromHex(`
      1a45dfa3 80
      45a3 82 6162        # ab
      45a3 83 616263      # abc
      45a3 84 61620000    # ab and two NULs
      45a3 83 006162      # a NUL and ab
      45a3 83 616264      # abd
      45a3 81 61          # a
      45a3 80
    `),
  );

  assert.deepEqual(names, ['ab', 'abc', 'ab', undefined, undefined, undefined, undefined]);
});

test('whatever the bytes and the cuts, the walk ends, and the cuts make no difference', () => {
  const header = fromHex('1a45dfa3 80');
  const piece = fc.oneof(
    fc.constantFrom(
      ...['18538067 ff', '1f43b675 ff', 'a3 82 8100', 'e7 81 05', 'ec 81 00', '1254c367 83 7373 80'].map(
        fromHex,
      ),
    ),
    fc.uint8Array({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat({ max: 9 })), (pieces, cuts) => {
      const input = new Uint8Array(Buffer.concat([header, ...pieces]));

      assert.deepEqual(outcomeOf(cutInto(input, cuts)), outcomeOf([input]));
    }),
  );
});

/** What was visited, or the typed error. */
function outcomeOf(chunks: Uint8Array[]): unknown {
  try {
    return visited(...chunks);
  } catch (error) {
    assert.ok(error instanceof PermanentError);
    return error.message;
  }
}

function cutInto(input: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(input.subarray(at, at + size));
    at += size;
  }
  return [...chunks, input.subarray(at)];
}

function walkerOf(visit: (element: Element) => void): EbmlWalker {
  return new EbmlWalker({ visit });
}
