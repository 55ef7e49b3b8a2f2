import { PermanentError } from '../errors.ts';

/** The format of a WAV file's samples. A frame is one sample of every channel. */
export interface WavFormat {
  readonly encoding: 'pcm16' | 'mu-law' | 'a-law';
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly frameBytes: number;
}

export interface WavAudio {
  readonly format: WavFormat;
  /** Whole frames, in pieces of any size. Can be read once. */
  readonly frames: AsyncGenerator<Uint8Array, void, void>;
  /** False if the file ends before its audio does. Known after the end of `frames`. */
  readonly isComplete: () => boolean;
}

const PCM = 1;
const A_LAW = 6;
const MU_LAW = 7;
const EXTENSIBLE = 0xfffe;
/** The rest of a sub-format GUID whose first two bytes are a format tag. */
const GUID_TAIL = '000000001000800000aa00389b71';

const MOST_FORMAT_BYTES = 1024;
const MOST_CHANNELS = 8;
const LOWEST_RATE_HZ = 8000;
const HIGHEST_RATE_HZ = 48_000;
/**
 * Writers that cannot go back to fill in a size leave 0 or one that no recording has: ffmpeg
 * 0xFFFFFFFF, sox 0x7FFFF000 cut to whole frames, and somewhat more for the whole file.
 */
const LEAST_PLACEHOLDER_BYTES = 0x7fff0000;
/** Files that begin like WAV files, and have another format. */
const RELATIVES: Readonly<Record<string, string>> = {
  RF64: 'it is an RF64 file, which is for more than 4 GiB of audio',
  BW64: 'it is a BW64 file, which is for more than 4 GiB of audio',
  RIFX: 'it is a RIFX file, whose numbers are big-endian',
};

/**
 * Reads a WAV file as a stream, in chunks cut anywhere, up to its audio. Other chunks of the file are
 * skipped. A file whose size was never filled in is read to its end; a file that was cut off gives all its
 * whole frames. A size of 0 counts as not filled in if the size of the whole file was not filled in either;
 * otherwise there is no audio.
 *
 * Throws PermanentError MALFORMED_MEDIA if it is not a WAV file, or has samples of a kind that telephone
 * recordings do not have; errors of `chunks` pass through.
 *
 * Source: IBM and Microsoft, "Multimedia Programming Interface and Data
 * Specifications 1.0" (1991), chapter 3; Microsoft, WAVEFORMATEXTENSIBLE.
 */
export async function openWav(chunks: AsyncIterable<Uint8Array>): Promise<WavAudio> {
  const source = new ByteSource(chunks);
  try {
    const { format, sizeBytes } = await readHead(source);
    const end = { isCut: false };
    return {
      format,
      frames: framesIn(source, { sizeBytes, frameBytes: format.frameBytes, end }),
      isComplete: () => !end.isCut,
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function readHead(source: ByteSource): Promise<{ format: WavFormat; sizeBytes: number }> {
  const riff = await source.take(12);
  if (ascii(riff, 0) !== 'RIFF' || ascii(riff, 8) !== 'WAVE')
    throw unreadable(RELATIVES[ascii(riff, 0)] ?? 'it is not a WAV file');
  const riffBytes = viewOf(riff).getUint32(4, true);

  let format: WavFormat | undefined;
  for (;;) {
    const head = await source.take(8);
    if (head.length < 8) throw unreadable('it ends before its audio begins');
    const id = ascii(head, 0);
    const sizeBytes = viewOf(head).getUint32(4, true);
    if (id === 'data') {
      if (!format) throw unreadable('its audio comes before a description of it');
      return { format, sizeBytes: await audioSizeOf(source, { sizeBytes, riffBytes }) };
    }
    // Chunks begin at even offsets.
    const paddedBytes = sizeBytes + (sizeBytes % 2);
    if (id !== 'fmt ') await source.skip(paddedBytes);
    else if (sizeBytes > MOST_FORMAT_BYTES)
      throw unreadable(`the description of its audio has ${sizeBytes} bytes`);
    else format = formatIn((await source.take(paddedBytes)).subarray(0, sizeBytes));
  }
}

/** Infinity if the audio ends with the file. Nothing after the header of the audio is consumed. */
async function audioSizeOf(
  source: ByteSource,
  { sizeBytes, riffBytes }: { readonly sizeBytes: number; readonly riffBytes: number },
): Promise<number> {
  if (sizeBytes >= LEAST_PLACEHOLDER_BYTES) return Infinity;
  if (sizeBytes > 0 || (riffBytes > 0 && riffBytes < LEAST_PLACEHOLDER_BYTES)) return sizeBytes;
  // A streaming writer that got no audio can still write metadata.
  const next = await source.peek(12);
  const isInfo = ascii(next, 0) === 'LIST' && /^(?:INFO|adtl)$/.test(ascii(next, 8));
  return isInfo ? 0 : Infinity;
}

function formatIn(chunk: Uint8Array): WavFormat {
  if (chunk.length < 16) throw unreadable('the description of its audio is too short');
  const view = viewOf(chunk);
  const channels = view.getUint16(2, true);
  const sampleRateHz = view.getUint32(4, true);
  const frameBytes = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  const encoding = encodingOf(formatTagIn(chunk), bits);

  if (channels < 1 || channels > MOST_CHANNELS) throw unreadable(`it has ${channels} channels`);
  if (sampleRateHz < LOWEST_RATE_HZ || sampleRateHz > HIGHEST_RATE_HZ)
    throw unreadable(
      `${sampleRateHz} samples a second are not between ${LOWEST_RATE_HZ} and ${HIGHEST_RATE_HZ}`,
    );
  if (frameBytes !== channels * (encoding === 'pcm16' ? 2 : 1))
    throw unreadable(`${frameBytes} bytes do not hold ${channels} samples of ${bits} bits`);
  return { encoding, channels, sampleRateHz, frameBytes };
}

/** The format of the samples; an extended description has it further back. */
function formatTagIn(chunk: Uint8Array): number {
  const tag = viewOf(chunk).getUint16(0, true);
  if (tag !== EXTENSIBLE) return tag;
  const isTag = chunk.length >= 40 && Buffer.from(chunk.subarray(26, 40)).toString('hex') === GUID_TAIL;
  return isTag ? viewOf(chunk).getUint16(24, true) : EXTENSIBLE;
}

function encodingOf(tag: number, bits: number): WavFormat['encoding'] {
  if (tag === PCM && bits === 16) return 'pcm16';
  if (tag === MU_LAW && bits === 8) return 'mu-law';
  if (tag === A_LAW && bits === 8) return 'a-law';
  throw unreadable(
    `format ${tag} with ${bits} bits a sample is neither 16-bit PCM nor G.711, which is all that can be read`,
  );
}

interface AudioChunk {
  readonly sizeBytes: number;
  readonly frameBytes: number;
  readonly end: { isCut: boolean };
}

async function* framesIn(
  source: ByteSource,
  { sizeBytes, frameBytes, end }: AudioChunk,
): AsyncGenerator<Uint8Array, void, void> {
  let leftBytes = sizeBytes === Infinity ? Infinity : sizeBytes - (sizeBytes % frameBytes);
  let begun: Uint8Array = new Uint8Array(0);
  try {
    while (leftBytes > 0) {
      const some = await source.some(leftBytes);
      if (some.length === 0) break;
      leftBytes -= some.length;
      const bytes = begun.length > 0 ? Buffer.concat([begun, some]) : some;
      const wholeBytes = bytes.length - (bytes.length % frameBytes);
      begun = bytes.slice(wholeBytes);
      if (wholeBytes > 0) yield bytes.subarray(0, wholeBytes);
    }
    end.isCut = begun.length > 0 || (leftBytes > 0 && leftBytes !== Infinity);
  } finally {
    await source.close();
  }
}

/** Reads bytes by number instead of by chunk. */
class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Returns one byte or more without a copy; none at the end. */
  async some(mostBytes: number): Promise<Uint8Array> {
    while (this.#chunk.length === 0) {
      const next = await this.#chunks.next();
      if (next.done) break;
      this.#chunk = next.value;
    }
    const bytes = this.#chunk.subarray(0, mostBytes);
    this.#chunk = this.#chunk.subarray(bytes.length);
    return bytes;
  }

  /** Returns so many bytes; fewer only at the end. */
  async take(sizeBytes: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let left = sizeBytes; left > 0;) {
      const some = await this.some(left);
      if (some.length === 0) break;
      parts.push(some);
      left -= some.length;
    }
    return Buffer.concat(parts);
  }

  /** As `take`, but the next read returns them again. */
  async peek(sizeBytes: number): Promise<Uint8Array> {
    const bytes = await this.take(sizeBytes);
    this.#chunk = Buffer.concat([bytes, this.#chunk]);
    return bytes;
  }

  async skip(sizeBytes: number): Promise<void> {
    for (let left = sizeBytes; left > 0;) {
      const some = await this.some(left);
      if (some.length === 0) return;
      left -= some.length;
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** Four characters: the name of a chunk. */
function ascii(bytes: Uint8Array, offset: number): string {
  return Buffer.from(bytes.subarray(offset, offset + 4)).toString('latin1');
}

function unreadable(why: string): PermanentError {
  return new PermanentError('MALFORMED_MEDIA', `the recording cannot be read: ${why}`);
}
