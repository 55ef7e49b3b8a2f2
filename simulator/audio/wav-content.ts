/** A file is not WAV, or not WAV of a kind we take. The message is a sentence for whoever sent it. */
export class WavError extends Error {
  override readonly name = 'WavError';
}

/** What a WAV file holds, as its header tells. Nothing is judged here but that it is WAV at all. */
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

/**
 * The content of a WAV file: RIFF header, then chunks of which `fmt ` and `data` matter.
 *
 * Chunks of odd size are followed by a pad byte. A data chunk that says more than
 * the file has (a recorder that was cut off, or streamed with size 0xffffffff)
 * gives what is there.
 *
 * Throws WavError when it is no WAV file or one of the two chunks is missing.
 *
 * Source: IBM and Microsoft, "Multimedia Programming Interface and Data
 * Specifications 1.0" (1991), chapter 3; Microsoft, "WAVEFORMATEXTENSIBLE".
 */
export function wavContent(file: Uint8Array): WavContent {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    throw new WavError('not a WAV file');

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
      return { ...format, data: body };
    }
    offset = start + sizeBytes + (sizeBytes % 2);
  }
  throw new WavError('a WAV file without audio data');
}

function formatIn(body: Buffer): Omit<WavContent, 'data'> {
  if (body.length < SHORTEST_FORMAT_BYTES) throw new WavError('a WAV file that ends in its header');
  const tag = body.readUInt16LE(0);
  const extensible = tag === EXTENSIBLE_TAG && body.length >= EXTENSIBLE_FORMAT_BYTES;
  return {
    formatTag: extensible ? body.readUInt16LE(SUBTYPE_OFFSET) : tag,
    channels: body.readUInt16LE(2),
    sampleRateHz: body.readUInt32LE(4),
    bitsPerSample: body.readUInt16LE(14),
  };
}
