import { connectCall } from '../test/kvs-payload.ts';

const BATCH_SIZE = 250;
const FRAGMENT_MS = 1024;
const PCM_BYTES_PER_FRAGMENT = 16_384;
const FIRST_NUMBER = 91343852333181499999999999999900000000000000101n;
const START_MS = 1_772_632_824_310;

/** Each piece has a buffer of its own, so that a library can get that buffer. */
export type Chunk = Uint8Array<ArrayBuffer>;

/** A message as Kinesis Video Streams would send it: one fragment, again and again, with its own number and time. */
export interface LongCall {
  readonly contactId: string;
  readonly fragmentNumbers: readonly string[];
  /** Epoch milliseconds. */
  readonly startMs: number;
  readonly stopMs: number;
  /** Of the media. */
  readonly sizeBytes: number;
  /** Of the caller's samples. */
  readonly pcmBytes: number;
  /** The media of fragments that follow one another, made while it is read, in new chunks. */
  readonly media: (fragmentNumbers: readonly string[]) => AsyncGenerator<Chunk, void, void>;
}

export function longCall({
  minutes,
  tracks,
  chunkBytes = 65_536,
}: {
  minutes: number;
  tracks: 'caller' | 'caller, agent';
  chunkBytes?: number;
}): LongCall {
  const contactId = 'c0ffee00-0000-4000-8000-0000000000c1';
  const { payload } = connectCall({
    contactId,
    fragments: 1,
    tracks,
    startMs: START_MS,
    firstNumber: FIRST_NUMBER,
  });
  const fragment = Buffer.from(payload);
  const numberAt = fragment.indexOf(String(FIRST_NUMBER), 'latin1');
  const timeAt = fragment.indexOf(Buffer.concat([Buffer.of(0xe7, 0x88), epochMs(START_MS)])) + 2;
  const count = Math.ceil((minutes * 60_000) / FRAGMENT_MS);
  const fragmentNumbers = Array.from({ length: count }, (_, index) => String(FIRST_NUMBER + BigInt(index)));

  async function* media(numbers: readonly string[]): AsyncGenerator<Chunk, void, void> {
    const first = Number(BigInt(numbers[0] ?? FIRST_NUMBER) - FIRST_NUMBER);
    const end = numbers.length * fragment.length;
    for (let at = 0; at < end; at += chunkBytes) {
      const chunk = new Uint8Array(Math.min(chunkBytes, end - at));
      for (let filled = 0; filled < chunk.length;) {
        const index = Math.floor((at + filled) / fragment.length);
        fragment.write(numbers[index] ?? '', numberAt, 'latin1');
        fragment.set(epochMs(START_MS + (first + index) * FRAGMENT_MS), timeAt);
        const from = at + filled - index * fragment.length;
        const piece = fragment.subarray(from, from + chunk.length - filled);
        chunk.set(piece, filled);
        filled += piece.length;
      }
      yield chunk;
    }
  }

  return {
    contactId,
    fragmentNumbers,
    startMs: START_MS,
    stopMs: START_MS + count * FRAGMENT_MS,
    sizeBytes: count * fragment.length,
    pcmBytes: count * PCM_BYTES_PER_FRAGMENT,
    media,
  };
}

/** The same with its media held in memory, so that making it is not what is measured. */
export function inMemory(call: LongCall): LongCall {
  const held = new Map<string, Chunk[]>();
  return {
    ...call,
    async *media(numbers) {
      const key = `${numbers[0]} ${numbers.length}`;
      const known = held.get(key);
      if (known) return yield* known;
      const chunks: Chunk[] = [];
      for await (const chunk of call.media(numbers)) chunks.push(chunk);
      held.set(key, chunks);
      yield* chunks;
    },
  };
}

/** All of a call's media, batch after batch, as requested from Kinesis Video Streams. */
export async function* wholeMedia({ fragmentNumbers, media }: LongCall): AsyncGenerator<Chunk, void, void> {
  for (let first = 0; first < fragmentNumbers.length; first += BATCH_SIZE)
    yield* media(fragmentNumbers.slice(first, first + BATCH_SIZE));
}

function epochMs(timeMs: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(timeMs));
  return bytes;
}
