import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { noise, seededRandom } from '../../../test/kvs-payload.ts';
import { type AudioBlock, audioBlocksOf } from './audio-blocks.ts';
import { audioTimeline } from './audio-timeline.ts';

const START_MS = 1_772_632_824_000;
const SPAN = { startMs: START_MS, stopMs: START_MS + 60_000 };
const FRAGMENT_MS = 1024;
const BLOCK_MS = 64;

test('blocks on their grid are joined, sample for sample', () => {
  const call = fragments(20);

  assertSame(placed(call), audioOf(call));
});

test('the first audio begins the file, however late it begins', () => {
  const call = fragments(2, { atMs: START_MS + 30_000 });

  assertSame(placed(call), audioOf(call));
});

test('a gap of three seconds becomes three seconds of silence', () => {
  const [first, second] = [fragments(3), fragments(3, { atMs: START_MS + 3 * FRAGMENT_MS + 3000, seed: 2 })];

  assertSame(placed([...first, ...second]), [audioOf(first), silence(3000), audioOf(second)]);
});

test('a gap within a fragment is filled in its place', () => {
  const [fragment = []] = fragments(1);
  const gappy = [...fragment.slice(0, 4), ...fragment.slice(9)];

  assertSame(placed([gappy]), [
    audioOf([gappy.slice(0, 4)]),
    silence(5 * BLOCK_MS),
    audioOf([gappy.slice(4)]),
  ]);
});

test('silence comes in small pieces', () => {
  const call = [...fragments(1), ...fragments(1, { atMs: START_MS + 50_000 })];

  assert.ok(chunksOf(call).every(({ length }) => length <= 16_384));
});

for (const lengthMs of [12, 60, 63]) {
  test(`a block of ${lengthMs} ms in the middle, while times stay on the grid, leaves no hole`, () => {
    const call = fragments(4).map((audio) =>
      audio.map((block, i) =>
        i === 7 ? { ...block, samples: block.samples.subarray(0, lengthMs * 16) } : block,
      ),
    );

    assertSame(placed(call), audioOf(call));
  });
}

test('times that come and go by less than 100 ms change nothing', () => {
  const below = seededRandom(7);
  const call = fragments(500).map((audio) => {
    const jitterMs = below(80) - 40;
    return audio.map((block) => ({ ...block, timeMs: block.timeMs + jitterMs }));
  });

  assertSame(placed(call, hour()), audioOf(call));
});

for (const driftMs of [-2, 3]) {
  test(`a clock that is ${driftMs} ms off in every fragment does not add up over 5,000 of them`, () => {
    const call = fragments(5000, { driftMs, lengthMs: BLOCK_MS });

    assertSame(placed(call, { startMs: START_MS, stopMs: START_MS + 5200 * FRAGMENT_MS }), audioOf(call));
  });
}

test('after a drift a gap is as long as it was', () => {
  const first = fragments(100, { driftMs: 5 });
  const atMs = START_MS + 99 * (FRAGMENT_MS + 5) + FRAGMENT_MS + 2000;
  const second = fragments(2, { atMs, seed: 2 });

  assertSame(placed([...first, ...second], hour()), [audioOf(first), silence(2000), audioOf(second)]);
});

test('fragments sent again after a reconnect are heard once', () => {
  const call = fragments(12);

  assertSame(placed([...call.slice(0, 8), ...call.slice(3)]), audioOf(call));
});

test('a fragment sent again whole, of which a part had come, is heard once', () => {
  const call = fragments(6);
  const part = call[3]?.slice(0, 5) ?? [];

  assertSame(placed([...call.slice(0, 3), part, ...call.slice(3)]), audioOf(call));
});

test('audio that is sent again in other blocks is heard once', () => {
  const call = fragments(6);
  const inOne = { timeMs: START_MS, samples: audioOf(call) };
  const again = blocksOf(inOne, 3 * FRAGMENT_MS + 500, 6 * FRAGMENT_MS, 60);

  assertSame(placed([...call.slice(0, 4), again]), audioOf(call));
});

test('a single last block sent again is heard once', () => {
  const call = fragments(3);
  const last = call[2]?.slice(-1) ?? [];

  assertSame(placed([...call, last]), audioOf(call));
});

test('audio that is sent again after a loss is heard once, and the loss is silence', () => {
  const call = fragments(8);
  const withoutTwo = [...call.slice(0, 2), ...call.slice(4, 6), ...call.slice(4)];

  assertSame(placed(withoutTwo), [
    audioOf(call.slice(0, 2)),
    silence(2 * FRAGMENT_MS),
    audioOf(call.slice(4)),
  ]);
});

test('the fragment after a lost one can be sent again, too', () => {
  const call = fragments(8);
  const [, , , third = []] = call;

  assertSame(placed([...call.slice(0, 2), third, third, ...call.slice(4)]), [
    audioOf(call.slice(0, 2)),
    silence(FRAGMENT_MS),
    audioOf(call.slice(3)),
  ]);
});

const WRONG_TIMES: readonly (readonly [string, (timeMs: number) => number])[] = [
  ['0', () => 0],
  ['counted from the beginning', (timeMs) => timeMs - START_MS],
  ['three hours ahead', (timeMs) => timeMs + 3 * 3_600_000],
  ['three hours behind', (timeMs) => timeMs - 3 * 3_600_000],
  ['at their maximum', () => 2 ** 64],
  ['the same in every fragment', (timeMs) => START_MS + ((timeMs - START_MS) % FRAGMENT_MS)],
  ['the same in every block', () => START_MS],
  ['falling', (timeMs) => 2 * START_MS + 40_000 - timeMs],
];

for (const [what, wrong] of WRONG_TIMES) {
  const wrongly = (call: readonly (readonly AudioBlock[])[]) =>
    call.map((audio) => audio.map((block) => ({ ...block, timeMs: wrong(block.timeMs) })));

  test(`where all times are ${what}, all audio is kept, and nothing put in`, () => {
    const call = wrongly(fragments(20));

    assertSame(placed(call), audioOf(call));
  });

  test(`where one fragment's times are ${what}, it stays in its place`, () => {
    const call = fragments(20);
    const odd = [...call.slice(0, 9), ...wrongly(call.slice(9, 10)), ...call.slice(10)];

    assertSame(placed(odd), audioOf(call));
  });

  test(`where the first fragment's times are ${what}, it stays in its place`, () => {
    const call = fragments(20);

    assertSame(placed([...wrongly(call.slice(0, 1)), ...call.slice(1)]), audioOf(call));
  });
}

test('a fragment that leaps ahead alone, within the times of the record, leaves no hole', () => {
  const call = fragments(20);
  const odd = call.map((audio, i) =>
    i === 9 ? audio.map((block) => ({ ...block, timeMs: block.timeMs + 20_000 })) : audio,
  );

  assertSame(placed(odd), audioOf(call));
});

test('silence never makes the file longer than the record and five seconds', () => {
  const span = { startMs: START_MS, stopMs: START_MS + 3000 };
  const call = [
    ...fragments(2, { atMs: START_MS - 4000 }),
    ...fragments(1, { atMs: START_MS + 7900, seed: 2 }),
  ];

  assert.equal(placed(call, span).length, 8000 * 16 + FRAGMENT_MS * 16);
});

test('audio longer than the record is kept whole', () => {
  const call = fragments(40);

  assertSame(placed(call, { startMs: START_MS, stopMs: START_MS }), audioOf(call));
});

test('with joined timing, fragments are joined, whatever their times', () => {
  const call = [...fragments(3), ...fragments(2), ...fragments(2, { atMs: START_MS + 9000 })];
  const timeline = audioTimeline('joined', SPAN);

  assertSame(
    Buffer.concat([...call.flatMap((audio) => [...timeline.add([audioBlocksOf(audio)])]), ...timeline.end()]),
    audioOf(call),
  );
});

test('two messages read in turns do not mix, nor do those that follow', () => {
  for (const round of [1, 2, 3]) {
    const [one, other] = [fragments(150, { seed: round }), fragments(150, { seed: round + 10 })];
    const timelines = [audioTimeline('by-time', hour()), audioTimeline('by-time', hour())] as const;
    const heard: [Uint8Array[], Uint8Array[]] = [[], []];

    for (const [i, audio] of one.entries()) {
      heard[0].push(...Array.from(timelines[0].add([audioBlocksOf(audio)]), copied));
      heard[1].push(...Array.from(timelines[1].add([audioBlocksOf(other[i] ?? [])]), copied));
    }
    heard[0].push(...Array.from(timelines[0].end(), copied));
    heard[1].push(...Array.from(timelines[1].end(), copied));

    assertSame(Buffer.concat(heard[0]), audioOf(one));
    assertSame(Buffer.concat(heard[1]), audioOf(other));
  }
});

test('a timeline that is over does not touch the memory of the next one', () => {
  const [first, second] = [audioTimeline('by-time', hour()), audioTimeline('by-time', hour())];
  Array.from(first.add([audioBlocksOf(fragments(1)[0] ?? [])]));
  Array.from(first.end());
  Array.from(first.end());

  const [third, fourth] = [audioTimeline('by-time', hour()), audioTimeline('by-time', hour())];
  const call = fragments(4);
  const heard = [second, third, fourth].map((timeline, i) => [
    ...timeline.add([audioBlocksOf(call[i] ?? [])]),
  ]);

  assertSame(Buffer.concat(heard.flat()), audioOf(call.slice(0, 3)));
  assert.throws(() => Array.from(first.add([audioBlocksOf(call[1] ?? [])])));
});

test('audio held back is not touched by what is placed meanwhile', () => {
  const call = [...fragments(200), ...fragments(2, { atMs: START_MS + 203 * FRAGMENT_MS, seed: 2 })];

  assertSame(placed(call, hour()), [
    audioOf(call.slice(0, 200)),
    silence(3 * FRAGMENT_MS),
    audioOf(call.slice(200)),
  ]);
});

test('a block longer than what is remembered, and a fragment of many, come whole', () => {
  const samples = noise(5, 7_000_002);
  const call = [
    [{ timeMs: START_MS, samples }],
    [{ timeMs: START_MS + samples.length / 16, samples: noise(6, 5000) }],
  ];

  assertSame(placed(call, hour()), audioOf(call));
  assertSame(placed([call.flat()], hour()), audioOf(call));
});

const STEPS = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 100, max: 9000 })),
    isSentAgain: fc.boolean(),
    blocks: fc.integer({ min: 1, max: 16 }),
  }),
  { maxLength: 40 },
);

test('whatever is lost or sent again, all audio is there once, in order, with silence in the gaps', () => {
  fc.assert(
    fc.property(STEPS, fc.integer(), (steps, seed) => {
      const sent: AudioBlock[][] = [];
      const expected: Uint8Array[] = [];
      let timeMs = START_MS;
      for (const [i, { gapMs, isSentAgain, blocks }] of steps.entries()) {
        timeMs += gapMs;
        const samples = noise(seed + i, blocks * BLOCK_MS * 16);
        if (i > 0 && gapMs >= 100) expected.push(silence(gapMs));
        expected.push(samples);
        sent.push(blocksOf({ timeMs, samples }, 0, blocks * BLOCK_MS));
        if (isSentAgain) sent.push(...sent.slice(-3));
        timeMs += blocks * BLOCK_MS;
      }

      assertSame(placed(sent, { startMs: START_MS, stopMs: timeMs }), expected);
    }),
  );
});

test('whatever the times, all audio is in order, with no more silence than the record has room for', () => {
  const time = fc.oneof(
    fc.integer({ min: START_MS - 10_000, max: START_MS + 90_000 }),
    fc.maxSafeNat(),
    fc.constant(START_MS),
  );
  fc.assert(
    fc.property(fc.array(time, { maxLength: 60 }), fc.integer(), (times, seed) => {
      const call = times.map((timeMs, i) => [{ timeMs, samples: noise(seed + i, 1024) }]);

      const chunks = chunksOf(call);

      const [heard, silent] = [chunks.filter(isHeard), chunks.filter((chunk) => !isHeard(chunk))];
      assertSame(Buffer.concat(heard), audioOf(call));
      assert.ok(Buffer.concat(silent).length <= 65_000 * 16);
    }),
  );
});

test('fragments that are added together are placed as if each came alone', () => {
  fc.assert(
    fc.property(
      STEPS,
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
      fc.integer(),
      (steps, sizes, seed) => {
        const call = steps.flatMap(({ gapMs, blocks }, i) => {
          const atMs = START_MS + i * 9000 + gapMs;
          return fragments(4, { atMs, seed: seed + i, lengthMs: blocks * BLOCK_MS });
        });
        const timeline = audioTimeline('by-time', hour());
        const chunks: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < call.length; turn++) {
          const together = call.slice(at, at + (sizes[turn % sizes.length] ?? 1));
          chunks.push(...Array.from(timeline.add(together.map(audioBlocksOf)), copied));
          at += together.length;
        }
        chunks.push(...Array.from(timeline.end(), copied));

        assertSame(Buffer.concat(chunks), placed(call, hour()));
      },
    ),
  );
});

test('many fragments that follow one another come in one piece, up to the end of the memory', () => {
  const call = fragments(200);
  const timeline = audioTimeline('by-time', hour());

  const chunks = Array.from(timeline.add(call.map(audioBlocksOf)), copied);

  assertSame(Buffer.concat(chunks), audioOf(call));
  assert.equal(chunks.length, 2);
});

interface Speech {
  readonly atMs?: number;
  readonly seed?: number;
  /** How much later each fragment is than its audio says. */
  readonly driftMs?: number;
  /** Of a fragment. */
  readonly lengthMs?: number;
}

/** Fragments of 1,024 ms of noise, one after the other. */
function fragments(count: number, speech: Speech = {}): AudioBlock[][] {
  const { atMs = START_MS, seed = 1, driftMs = 0, lengthMs = FRAGMENT_MS } = speech;
  const samples = noise(seed, count * lengthMs * 16);
  return Array.from({ length: count }, (_, i) =>
    blocksOf({ timeMs: atMs + i * driftMs, samples }, i * lengthMs, (i + 1) * lengthMs),
  );
}

/** A part of what was said, in blocks. */
function blocksOf(
  { timeMs, samples }: AudioBlock,
  fromMs: number,
  toMs: number,
  blockMs = BLOCK_MS,
): AudioBlock[] {
  const blocks: AudioBlock[] = [];
  for (let ms = fromMs; ms < toMs; ms += blockMs)
    blocks.push({
      timeMs: timeMs + ms,
      samples: samples.subarray(ms * 16, Math.min(ms + blockMs, toMs) * 16),
    });
  return blocks;
}

function chunksOf(call: readonly (readonly AudioBlock[])[], span = SPAN): Uint8Array[] {
  const timeline = audioTimeline('by-time', span);
  const chunks = call.flatMap((audio) => Array.from(timeline.add([audioBlocksOf(audio)]), copied));
  return [...chunks, ...Array.from(timeline.end(), copied)];
}

const copied = (chunk: Uint8Array) => Uint8Array.from(chunk);

const placed = (call: readonly (readonly AudioBlock[])[], span = SPAN) => Buffer.concat(chunksOf(call, span));

const audioOf = (call: readonly (readonly AudioBlock[])[]) =>
  Buffer.concat(call.flat().map(({ samples }) => samples));

const silence = (lengthMs: number) => new Uint8Array(lengthMs * 16);
const isHeard = (chunk: Uint8Array) => chunk.some((byte) => byte !== 0);
const hour = () => ({ startMs: START_MS, stopMs: START_MS + 3_600_000 });

/** Compares bytes, because printing the difference of two recordings takes minutes. */
function assertSame(actual: Uint8Array, expected: Uint8Array | readonly Uint8Array[]): void {
  const whole = expected instanceof Uint8Array ? expected : Buffer.concat(expected);
  assert.equal(actual.length, whole.length);
  assert.ok(Buffer.from(actual).equals(whole));
}
