import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { noise } from '../../../test/kvs-payload.ts';
import { type AudioBlock, AudioBlocks, audioBlocksOf } from './audio-blocks.ts';

const BLOCK = fc.record({
  memory: fc.nat({ max: 2 }),
  start: fc.nat({ max: 60 }),
  samples: fc.constantFrom(1, 8, 8, 8, 8, 9),
  gapMs: fc.constantFrom(0, 0, 0, 0, 1, -1),
});
const FIRST_MS = fc.constantFrom(0, 1_772_632_824_310, 2 ** 48 - 3, 2 ** 50, 2 ** 53, 2 ** 64);
const MEMORIES = [1, 2, 3].map((seed) => noise(seed, 160));

test('blocks in any memory, at any distance and time, come back as they were put in', () => {
  fc.assert(
    fc.property(fc.array(BLOCK, { maxLength: 40 }), FIRST_MS, (wanted, firstMs) => {
      const expected: AudioBlock[] = [];
      const audio = new AudioBlocks();
      let timeMs = firstMs;
      for (const { memory, start, samples, gapMs } of wanted) {
        const bytes = MEMORIES[memory] ?? new Uint8Array();
        timeMs += gapMs;
        audio.push(timeMs, bytes, start, start + samples * 2);
        expected.push({ timeMs, samples: bytes.subarray(start, start + samples * 2) });
        timeMs += samples / 8;
      }

      assertHolds(audio, expected);
    }),
    { numRuns: 1000 },
  );
});

for (const strideBytes of [16, 20, 40, 0, -16]) {
  test(`blocks that begin ${strideBytes} bytes after one another come back as they were put in`, () => {
    const [bytes = new Uint8Array()] = MEMORIES;
    const first = strideBytes < 0 ? 64 : 0;
    const blocks = [0, 1, 2, 3].map((i) => {
      const start = first + i * strideBytes;
      return { timeMs: 1000 + i, start, samples: bytes.subarray(start, start + 16) };
    });
    const audio = new AudioBlocks();
    for (const { timeMs, start } of blocks) audio.push(timeMs, bytes, start, start + 16);

    assertHolds(audio, blocks);
    assert.ok(audio.isUnbroken);
  });
}

test('a row of blocks goes on after one that is shorter, or missing', () => {
  const broken = audioBlocksOf([block(0, 16), block(1, 16), block(3, 16)]);
  const unbroken = audioBlocksOf([block(0, 16), block(1, 8), block(1.5, 16)]);

  assert.deepEqual([broken.isUnbroken, unbroken.isUnbroken], [false, true]);
  assert.deepEqual([broken.untilMs, unbroken.untilMs], [4, 2.5]);
});

test('without room nothing is copied', () => {
  const audio = audioBlocksOf([{ timeMs: 0, samples: noise(1, 16) }]);
  const target = new Uint8Array(20);

  assert.throws(() => audio.copyTo(target, 5), RangeError);
  assert.deepEqual(target, new Uint8Array(20));
});

const block = (timeMs: number, sizeBytes: number) => ({ timeMs, samples: noise(timeMs, sizeBytes) });
const plain = ({ timeMs, samples }: AudioBlock) => `${timeMs} ${Buffer.from(samples).toString('hex')}`;

function assertHolds(audio: AudioBlocks, expected: readonly AudioBlock[]): void {
  assert.deepEqual(Array.from(audio, plain), expected.map(plain));
  const samples = Buffer.concat(expected.map(({ samples: one }) => one));
  assert.equal(audio.sizeBytes, samples.length);
  assert.equal(audio.firstMs, expected[0]?.timeMs);
  // A byte on both sides is not touched.
  const target = Buffer.alloc(samples.length + 2, 0x55);
  audio.copyTo(target, 1);
  assert.ok(target.equals(Buffer.concat([Buffer.of(0x55), samples, Buffer.of(0x55)])));
}
