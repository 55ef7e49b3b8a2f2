import { fileKindOf } from './file-kind.ts';

/** A file is not WAV, or not WAV of a kind we take. The message is a sentence for the sender. */
export class WavError extends Error {
  override readonly name = 'WavError';
}

/** What a WAV file holds, by its header. The only check here is that it is a WAV file. */
export interface WavContent {
  /** 1: PCM, 3: floating point, 6: A-law, 7: mu-law. Taken from the subtype of an extensible file. */
  readonly formatTag: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly bitsPerSample: number;
  /** The data chunk, as much of it as the file has. */
  readonly data: Uint8Array;
}

const CHUNK_HEADER_BYTES = 8;
const SHORTEST_FORMAT_BYTES = 16;
/** WAVE_FORMAT_EXTENSIBLE: the real format tag opens the subtype GUID, 24 bytes into the chunk. */
const EXTENSIBLE_TAG = 0xfffe;
const SUBTYPE_OFFSET = 24;
const EXTENSIBLE_FORMAT_BYTES = 40;
/** A subtype GUID that ends so has a format tag as its first two bytes. */
const TAG_GUID_END = '000000001000800000aa00389b71';
/**
 * From here on, sizes are placeholders of writers to a pipe: 0xffffffff (ffmpeg 5.1),
 * 0x7ffff000 cut to whole frames (sox 14.4.2).
 */
const PLACEHOLDER_BYTES = 0x7fff0000;

/**
 * The content of a WAV file: RIFF header, then chunks of which `fmt ` and `data` matter.
 *
 * Chunks of odd size are followed by a pad byte. A data chunk that says more than
 * the file has (a recorder that was cut off, or streamed with size 0xffffffff)
 * gives what is there. So does one of size 0 if the RIFF size was not filled in
 * either, unless a LIST chunk follows it; else size 0 is no audio.
 *
 * Throws WavError if it is not a WAV file, or if one of the two chunks is missing.
 *
 * Source: IBM and Microsoft, "Multimedia Programming Interface and Data
 * Specifications 1.0" (1991), chapter 3; Microsoft, "WAVEFORMATEXTENSIBLE".
 */
export function wavContent(file: Uint8Array): WavContent {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const kind = bytes.toString('latin1', 0, 4);
  if (kind !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    throw new WavError(fileKindOf(file) ?? 'not a WAV file');

  let format: Omit<WavContent, 'data'> | undefined;
  let offset = 12;
  while (offset + CHUNK_HEADER_BYTES <= bytes.length) {
    const id = bytes.toString('latin1', offset, offset + 4);
    const sizeBytes = bytes.readUInt32LE(offset + 4);
    const start = offset + CHUNK_HEADER_BYTES;
    const body = bytes.subarray(start, start + sizeBytes);
    if (id === 'fmt ') format = formatIn(body);
    if (id === 'data') {
      if (!format) throw new WavError('a WAV file without a format before its data');
      return { ...format, data: sizeBytes === 0 && isStreamed(bytes, start) ? bytes.subarray(start) : body };
    }
    offset = start + sizeBytes + (sizeBytes % 2);
  }
  throw new WavError('a WAV file without audio data');
}

/** Whether audio of size 0 goes on to the end of the file; it would begin at `start`. */
function isStreamed(bytes: Buffer, start: number): boolean {
  const riffBytes = bytes.readUInt32LE(4);
  if (riffBytes > 0 && riffBytes < PLACEHOLDER_BYTES) return false;
  const listType = bytes.toString('latin1', start + 8, start + 12);
  const isList = bytes.toString('latin1', start, start + 4) === 'LIST';
  return !(isList && (listType === 'INFO' || listType === 'adtl'));
}

function formatIn(body: Buffer): Omit<WavContent, 'data'> {
  if (body.length < SHORTEST_FORMAT_BYTES) throw new WavError('a WAV file that ends in its header');
  const tag = body.readUInt16LE(0);
  const extensible =
    tag === EXTENSIBLE_TAG &&
    body.length >= EXTENSIBLE_FORMAT_BYTES &&
    body.toString('hex', SUBTYPE_OFFSET + 2, EXTENSIBLE_FORMAT_BYTES) === TAG_GUID_END;
  return {
    formatTag: extensible ? body.readUInt16LE(SUBTYPE_OFFSET) : tag,
    channels: body.readUInt16LE(2),
    sampleRateHz: body.readUInt32LE(4),
    bitsPerSample: body.readUInt16LE(14),
  };
}
