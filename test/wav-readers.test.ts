import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readWav } from '../simulator/audio/read-wav.ts';
import { WavError } from '../simulator/audio/wav-content.ts';
import { PermanentError } from '../src/domain/errors.ts';
import { openWav } from '../src/domain/audio/wav-reader.ts';
import { fromHex } from './hex.ts';

/**
 * The pipeline's reader and the simulator's share no code. But they must read headers in the same way, or a
 * file that plays in a rehearsal is lost in production. docs/recording.md shows how sox, ffmpeg and Python
 * read these files.
 */
interface Header {
  /** The value in the file; absent: the right one. */
  readonly riffBytes?: number;
  readonly dataBytes?: number;
  readonly kind?: string;
  readonly format?: Uint8Array;
  readonly before?: Uint8Array;
  readonly audio?: Uint8Array;
  readonly after?: Uint8Array;
  /** The file is cut off there. */
  readonly endsAt?: number;
}

const AUDIO = fromHex('0100 0200 0300 0400 0500 0600 0700 0800');
const NONE = new Uint8Array(0);
const LIST = fromHex(`
  4c495354 1a000000 494e464f                            # LIST, 26 bytes, INFO
  49534654 0e000000 4c61766635392e32372e31303000 # ISFT, "Lavf59.27.100"
`);
const PCM = fromHex('0100 0100 401f0000 803e0000 0200 1000');
const EXTENSIBLE = fromHex(`
  feff 0100 401f0000 803e0000 0200 1000 1600 1000 04000000
  0100 000000001000800000aa00389b71
`);
const FOREIGN_SUBTYPE = fromHex(`
  feff 0100 401f0000 803e0000 0200 1000 1600 1000 04000000
  0100 000000001000800000aa00389b72
`);
const MAX = 0xffffffff;
const SOX_DATA = 0x7ffff000;
const SOX_RIFF = 0x7ffff024;

/** How many of the eight samples there are to hear, or that the file is refused. */
const HEADERS: readonly (readonly [
  what: string,
  header: Header,
  samples: number | 'refused',
  cut?: 'cut',
])[] = [
  ['right sizes', {}, 8],
  ['right sizes, a LIST chunk before', { before: LIST }, 8],
  ['right sizes, a LIST chunk after', { after: LIST }, 8],
  // Streaming writers.
  ['sizes of 0 (a writer to a pipe)', { riffBytes: 0, dataBytes: 0 }, 8],
  ['sizes of 0, a LIST chunk before', { riffBytes: 0, dataBytes: 0, before: LIST }, 8],
  ['RIFF size with all bits set, data size 0', { riffBytes: MAX, dataBytes: 0 }, 8],
  ['RIFF size of sox to a pipe, data size 0', { riffBytes: SOX_RIFF, dataBytes: 0 }, 8],
  ['sizes with all bits set (ffmpeg 5.1 to a pipe)', { riffBytes: MAX, dataBytes: MAX, before: LIST }, 8],
  ['data size with all bits set, RIFF size right', { dataBytes: MAX }, 8],
  ['data size with all bits set, RIFF size 0', { riffBytes: 0, dataBytes: MAX }, 8],
  ['sizes of sox 14.4.2 to a pipe', { riffBytes: SOX_RIFF, dataBytes: SOX_DATA }, 8],
  ['sizes of sox to a pipe, cut to frames of six bytes', { riffBytes: SOX_RIFF, dataBytes: 0x7fffeffe }, 8],
  ['data size of 2 GiB less one', { riffBytes: 0x7fffffff, dataBytes: 0x7fffffff }, 8],
  ['data size of 2 GiB, RIFF size to match', { riffBytes: 0x80000024, dataBytes: 0x80000000 }, 8],
  // Empty is not sound.
  ['no audio', { audio: NONE }, 0],
  ['no audio, a LIST chunk after', { audio: NONE, after: LIST }, 0],
  ['no audio, sizes of 0', { riffBytes: 0, audio: NONE }, 0],
  ['no audio, sizes of 0, a LIST chunk after', { riffBytes: 0, audio: NONE, after: LIST }, 0],
  ['no audio, sizes with all bits set', { riffBytes: MAX, dataBytes: MAX, audio: NONE }, 0],
  ['data size 0, RIFF size right, audio behind', { dataBytes: 0 }, 0],
  ['data size 0, RIFF size of a header alone, audio behind', { riffBytes: 36, dataBytes: 0 }, 0],
  // Sizes that are wrong.
  ['data size larger than the file, RIFF size right', { dataBytes: 100 }, 8, 'cut'],
  ['data size larger than the file, RIFF size too', { riffBytes: 136, dataBytes: 100 }, 8, 'cut'],
  ['data size odd', { dataBytes: 15 }, 7],
  ['data size odd, padded, a LIST chunk after', { dataBytes: 15, after: LIST }, 7],
  ['data size too small', { dataBytes: 10 }, 5],
  ['RIFF size 0', { riffBytes: 0 }, 8],
  ['RIFF size 0, a LIST chunk after', { riffBytes: 0, after: LIST }, 8],
  ['RIFF size with all bits set', { riffBytes: MAX }, 8],
  ['RIFF size of a header alone', { riffBytes: 36 }, 8],
  ['RIFF size of nothing', { riffBytes: 4 }, 8],
  ['RIFF size larger than the file', { riffBytes: 1000 }, 8],
  // Other formats.
  ['an extensible header', { format: EXTENSIBLE }, 8],
  ['an extensible header, sizes of 0', { format: EXTENSIBLE, riffBytes: 0, dataBytes: 0 }, 8],
  ['an extensible header with a foreign subtype', { format: FOREIGN_SUBTYPE }, 'refused'],
  ['an extensible header without its subtype', { format: EXTENSIBLE.subarray(0, 24) }, 'refused'],
  ['RF64', { kind: 'RF64', riffBytes: MAX, dataBytes: MAX }, 'refused'],
  ['BW64', { kind: 'BW64', riffBytes: MAX, dataBytes: MAX }, 'refused'],
  ['RIFX', { kind: 'RIFX' }, 'refused'],
  // Cut off.
  ['cut in the RIFF header', { endsAt: 10 }, 'refused'],
  ['cut in the format', { endsAt: 30 }, 'refused'],
  ['cut in the header of the data', { endsAt: 42 }, 'refused'],
  ['cut before the first sample', { endsAt: 44 }, 0, 'cut'],
  ['cut in a sample', { endsAt: 49 }, 2, 'cut'],
  ['cut in a sample, sizes of 0', { riffBytes: 0, dataBytes: 0, endsAt: 49 }, 2, 'cut'],
  ['cut in a chunk before the data', { before: LIST, endsAt: 26 }, 'refused'],
];

for (const [what, header, samples, cut] of HEADERS) {
  const heard = samples === 'refused' ? 'refused' : `${samples} samples`;

  test(`${what}: ${heard} to the pipeline and to the simulator`, async () => {
    const file = fileOf(header);
    const audio = samples === 'refused' ? 'refused' : hexOf(AUDIO.subarray(0, samples * 2));

    for (const chunkBytes of [1, 7, file.length])
      assert.deepEqual(await heardByPipeline(file, chunkBytes), { audio, isCut: cut === 'cut' });
    assert.equal(heardBySimulator(file), audio);
  });
}

test('with any sizes in the header, pipeline and simulator hear the same', async () => {
  const size = fc.constantFrom(
    undefined,
    0,
    1,
    4,
    36,
    37,
    100,
    0x7ffeffff,
    0x7fff0000,
    SOX_DATA,
    MAX - 1,
    MAX,
  );
  const chunk = fc.constantFrom(NONE, LIST);
  const headers = fc.record({
    riffBytes: size,
    dataBytes: size,
    before: chunk,
    after: chunk,
    audio: fc.uint8Array({ maxLength: 20 }),
    format: fc.constantFrom(PCM, EXTENSIBLE, FOREIGN_SUBTYPE),
    endsAt: fc.integer({ min: 0, max: 140 }),
  });

  await fc.assert(
    fc.asyncProperty(headers, async ({ riffBytes, dataBytes, ...others }) => {
      const sizes = {
        ...(riffBytes !== undefined && { riffBytes }),
        ...(dataBytes !== undefined && { dataBytes }),
      };
      const file = fileOf({ ...others, ...sizes });

      assert.equal((await heardByPipeline(file, 5)).audio, heardBySimulator(file));
    }),
    { numRuns: 2000 },
  );
});

test('a file that is like WAV is refused by its name', async () => {
  const file = fileOf({ kind: 'RF64', riffBytes: MAX, dataBytes: MAX });
  const why = 'RF64 file, which is for more than 4 GiB of audio';

  await assert.rejects(openWav(chunksOf(file, 7)), {
    code: 'MALFORMED_MEDIA',
    message: `the recording cannot be read: it is an ${why}`,
  });
  assert.throws(() => readWav(file, 'a.wav'), { message: new RegExp(`^a\\.wav: an ${why}; allowed: `) });
});

function fileOf(header: Header): Buffer {
  const { kind = 'RIFF', format = PCM, before = NONE, audio = AUDIO, after = NONE, endsAt } = header;
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    before,
    Buffer.from('fmt '),
    sizeOf(format.length),
    format,
    Buffer.from('data'),
    sizeOf(header.dataBytes ?? audio.length),
    audio,
    after,
  ]);
  const file = Buffer.concat([Buffer.from(kind), sizeOf(header.riffBytes ?? body.length), body]);
  return file.subarray(0, endsAt);
}

function sizeOf(bytes: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes);
  return size;
}

async function* chunksOf(file: Uint8Array, chunkBytes: number) {
  for (let at = 0; at < file.length; at += chunkBytes) yield file.subarray(at, at + chunkBytes);
}

async function heardByPipeline(file: Uint8Array, chunkBytes: number) {
  try {
    const { frames, isComplete } = await openWav(chunksOf(file, chunkBytes));
    const parts: Uint8Array[] = [];
    for await (const part of frames) parts.push(part);
    return { audio: hexOf(Buffer.concat(parts)), isCut: !isComplete() };
  } catch (error) {
    assert.ok(error instanceof PermanentError, String(error));
    return { audio: 'refused', isCut: false };
  }
}

function heardBySimulator(file: Uint8Array): string {
  try {
    const samples = readWav(file);
    return hexOf(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  } catch (error) {
    assert.ok(error instanceof WavError, String(error));
    return 'refused';
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
