import { BYTES_PER_MS } from './wav.ts';

export interface AudioBlock {
  /** When it was said, in milliseconds since the epoch. */
  readonly timeMs: number;
  /** Whole signed 16-bit little-endian samples, 8000 a second. A view into what was read. */
  readonly samples: Uint8Array;
}

/** The year 10889. Later times are too large to be added up exactly. */
const LATEST_EXACT_MS = 2 ** 48;

/** Blocks of one length, at equal distances in one memory; each begins when the one before it ends. */
interface Run {
  readonly source: Buffer;
  readonly timeMs: number;
  readonly start: number;
  readonly blockBytes: number;
  /** From the start of one block to that of the next. 0: there is only one. */
  strideBytes: number;
  count: number;
  next: Run | undefined;
}

/**
 * The blocks of one track in a fragment, in the order of the stream. Their samples stay where they were read
 * until they are copied, so that must not change before.
 *
 * An object and a view for each block were most of the garbage of reading a call. Amazon Connect's blocks are
 * as long as one another and stand in a row, so a few numbers describe them.
 */
export class AudioBlocks implements Iterable<AudioBlock> {
  sizeBytes = 0;
  /** When the first block was said. Undefined: there is none. */
  firstMs: number | undefined;
  /** When the last block was said, and when it ends. */
  lastMs = -Infinity;
  untilMs = -Infinity;
  /** Whether every block begins when the one before it ends. */
  isUnbroken = true;
  #first: Run | undefined;
  #last: Run | undefined;
  /** The memory in which the last block is, and where. */
  #bytes: Uint8Array | undefined;
  #lastStart = 0;

  /** The samples are at [start, end) of `bytes`; there is at least one. */
  push(timeMs: number, bytes: Uint8Array, start: number, end: number): void {
    const sizeBytes = end - start;
    const isNext = timeMs === this.untilMs;
    const strideBytes = start - this.#lastStart;
    const last = this.#last;
    if (!last) this.firstMs = timeMs;
    else if (!isNext) this.isUnbroken = false;

    const isAlike = bytes === this.#bytes && sizeBytes === last?.blockBytes && strideBytes > 0;
    const isInRow = isNext && isAlike && timeMs <= LATEST_EXACT_MS;
    if (last && isInRow && (last.strideBytes === 0 || last.strideBytes === strideBytes)) {
      last.strideBytes = strideBytes;
      last.count += 1;
    } else {
      const source =
        last && bytes === this.#bytes
          ? last.source
          : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      const run = { source, timeMs, start, blockBytes: sizeBytes, strideBytes: 0, count: 1, next: undefined };
      if (last) last.next = run;
      else this.#first = run;
      this.#last = run;
      this.#bytes = bytes;
    }
    this.#lastStart = start;
    this.lastMs = timeMs;
    this.untilMs = timeMs + sizeBytes / BYTES_PER_MS;
    this.sizeBytes += sizeBytes;
  }

  /** Puts the samples of all blocks, one after the other, into `target` from `at` on. Throws a RangeError without room. */
  copyTo(target: Uint8Array, at: number): void {
    if (this.sizeBytes > target.length - at)
      throw new RangeError(`no room for ${this.sizeBytes} bytes of audio`);
    let to = at;
    for (let run = this.#first; run; run = run.next) {
      const { source, blockBytes, strideBytes, count } = run;
      let from = run.start;
      for (let i = 0; i < count; i++) {
        // Copied without a view of the block.
        source.copy(target, to, from, from + blockBytes);
        to += blockBytes;
        from += strideBytes;
      }
    }
  }

  *[Symbol.iterator](): Generator<AudioBlock, void, void> {
    for (let run = this.#first; run; run = run.next) {
      const { source, timeMs, blockBytes, strideBytes, count } = run;
      for (let i = 0; i < count; i++) {
        const start = run.start + i * strideBytes;
        yield {
          timeMs: timeMs + (i * blockBytes) / BYTES_PER_MS,
          samples: source.subarray(start, start + blockBytes),
        };
      }
    }
  }
}

/** The same blocks. */
export function audioBlocksOf(blocks: Iterable<AudioBlock>): AudioBlocks {
  const all = new AudioBlocks();
  for (const { timeMs, samples } of blocks) all.push(timeMs, samples, 0, samples.length);
  return all;
}

/** For where there is no audio. */
export const NO_AUDIO_BLOCKS: AudioBlocks = audioBlocksOf([]);
