import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromHex } from '../../../test/hex.ts';
import { PermanentError } from '../errors.ts';
import { openWav } from './wav-reader.ts';

const PCM_MONO = { encoding: 'pcm16', channels: 1, sampleRateHz: 8000, frameBytes: 2 };

/** The frames in hexadecimal, or the sentence in which a file is refused. */
const FIXTURES: Readonly<Record<string, string | { format?: object; frames: string; isCut?: boolean }>> = {
  pcm_mono: { frames: '0100ff7f0080ffff' },
  chunks_around_audio: { frames: '0100ff7f0080' },
  extensible: { format: { ...PCM_MONO, channels: 2, frameBytes: 4 }, frames: 'e803d00718fce803' },
  mu_law: { format: { ...PCM_MONO, encoding: 'mu-law', frameBytes: 1 }, frames: 'ff80007f' },
  a_law: { format: { ...PCM_MONO, encoding: 'a-law', frameBytes: 1 }, frames: 'd5aa2a55' },
  size_zero: { frames: '0100ff7f0080' },
  size_unknown: { frames: '0100ff7f0080' },
  cut_in_a_frame: { frames: '0100ff7f', isCut: true },
  half_a_frame_announced: { frames: '0100ff7f' },
  no_audio_chunk: 'it ends before its audio begins',
  audio_first: 'its audio comes before a description of it',
  mp3_inside: 'format 85 with 0 bits a sample is neither 16-bit PCM nor G.711, which is all that can be read',
  unknown_sub_format:
    'format 65534 with 16 bits a sample is neither 16-bit PCM nor G.711, which is all that can be read',
  odd_frames: '3 bytes do not hold 2 samples of 16 bits',
  rate_of_a_megahertz: '1000000 samples a second are not between 8000 and 48000',
  not_riff: 'it is not a WAV file',
};

for (const [name, expected] of Object.entries(FIXTURES)) {
  test(`${name.replaceAll('_', ' ')}, however it is cut into chunks`, async () => {
    const file = fixture(name);

    for (let size = 1; size <= file.length; size++) {
      const reading = read(cutAt(file, size));
      if (typeof expected === 'string') {
        await assert.rejects(reading, {
          code: 'MALFORMED_MEDIA',
          message: `the recording cannot be read: ${expected}`,
        });
      } else {
        const { format = PCM_MONO, frames, isCut = false } = expected;
        assert.deepEqual(await reading, { format, frames, isComplete: !isCut });
      }
    }
  });
}

test('a file that is cut off anywhere keeps its whole frames, and is marked', async () => {
  const file = fixture('pcm_mono');

  for (let size = 0; size < file.length; size++) {
    const reading = read([file.subarray(0, size)]);
    if (size < 44) {
      await assert.rejects(reading, PermanentError);
      continue;
    }
    const { frames, isComplete } = await reading;
    assert.equal(frames, '0100ff7f0080ffff'.slice(0, Math.floor((size - 44) / 2) * 4));
    assert.equal(isComplete, false);
  }
});

test('any bytes at all, in any chunks, are audio or a permanent error', async () => {
  const [wav, stereo] = [fixture('pcm_mono'), fixture('extensible')];
  const broken = fc
    .tuple(fc.constantFrom(wav, stereo), fc.nat(70), fc.nat(255))
    .map(([file, at, byte]) => file.with(at % file.length, byte));
  const bytes = fc.oneof(fc.uint8Array(), broken);

  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 20 }), async (file, size) => {
      try {
        const { format, frames } = await read(cutAt(file, size));
        assert.equal((frames.length / 2) % format.frameBytes, 0);
      } catch (error) {
        assert.ok(error instanceof PermanentError && error.code === 'MALFORMED_MEDIA');
      }
    }),
    { numRuns: 1000 },
  );
});

test('the source is closed when reading ends, early or before it begins', async () => {
  let closed = 0;
  async function* chunksOf(name: string) {
    try {
      yield* cutAt(fixture(name), 4);
    } finally {
      closed += 1;
    }
  }

  await assert.rejects(openWav(chunksOf('not_riff')));
  for await (const _ of (await openWav(chunksOf('pcm_mono'))).frames) break;

  assert.equal(closed, 2);
});

test('an outage while reading passes through', async () => {
  const outage = new Error('no answer');
  async function* breaking() {
    yield fixture('pcm_mono').subarray(0, 46);
    throw outage;
  }

  const { frames } = await openWav(breaking());

  await assert.rejects(async () => {
    for await (const _ of frames);
  }, outage);
});

function fixture(name: string): Uint8Array {
  return fromHex(readFileSync(`test/fixtures/wav/${name}.hex`, 'utf8'));
}

function cutAt(file: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(file.length / size) }, (_, i) =>
    file.subarray(i * size, i * size + size),
  );
}

async function read(chunks: Iterable<Uint8Array>) {
  async function* arriving() {
    yield* chunks;
  }
  const { format, frames, isComplete } = await openWav(arriving());
  const parts: Uint8Array[] = [];
  for await (const part of frames) parts.push(part);
  return { format, frames: Buffer.concat(parts).toString('hex'), isComplete: isComplete() };
}
