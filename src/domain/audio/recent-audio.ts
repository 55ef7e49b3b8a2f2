import type { AudioBlocks } from './audio-blocks.ts';
import { BYTES_PER_MS } from './wav.ts';

/** How far back a repetition is recognized: as much as producers buffer for sending again. */
const REMEMBERED_BYTES = 120_000 * BYTES_PER_MS;

/** Audio written for one time and what follows it, at [start, end) of the file without its header. */
interface Span {
  readonly timeMs: number;
  readonly start: number;
  end: number;
}

/** Reused for the next message: allocating memory takes longer than all work on a minute of audio. */
let spareRing: Buffer | undefined;

/** The last audio, and when it was spoken. Returned chunks are views of this memory, not copies. */
export class RecentAudio {
  sizeBytes = 0;
  #handedOnBytes = 0;
  #ring = spareRing ?? Buffer.allocUnsafeSlow(REMEMBERED_BYTES);
  /** Only one while every block begins where the one before it ends. */
  #spans: Span[] = [];
  #last: Span | undefined;

  constructor() {
    spareRing = undefined;
  }

  /** Nothing can be appended any more. */
  release(): void {
    if (this.#ring.length > 0) spareRing = this.#ring;
    this.#ring = Buffer.alloc(0);
  }

  /** Appends the samples from `from` on, up to the end of the memory. Returns the number of bytes. */
  append(samples: Uint8Array, from = 0): number {
    const at = this.sizeBytes % REMEMBERED_BYTES;
    const taken = Math.min(samples.length - from, REMEMBERED_BYTES - at);
    this.#ring.set(taken === samples.length ? samples : samples.subarray(from, from + taken), at);
    this.sizeBytes += taken;
    return taken;
  }

  /** Whether so much fits before the lap is over. */
  hasRoomFor(sizeBytes: number): boolean {
    return sizeBytes < REMEMBERED_BYTES - (this.sizeBytes % REMEMBERED_BYTES);
  }

  /** Appends unbroken audio for which there is room. */
  appendAll(audio: AudioBlocks): void {
    const { sizeBytes, firstMs = 0 } = audio;
    audio.copyTo(this.#ring, this.sizeBytes % REMEMBERED_BYTES);
    this.note(firstMs, sizeBytes);
    this.sizeBytes += sizeBytes;
  }

  /** Then the contents must be returned before more is appended. */
  isLapOver(): boolean {
    return this.sizeBytes % REMEMBERED_BYTES === 0;
  }

  /** A view of what was appended since the last call. */
  *handOn(): Generator<Uint8Array, void, void> {
    const sizeBytes = this.sizeBytes - this.#handedOnBytes;
    const at = this.#handedOnBytes % REMEMBERED_BYTES;
    this.#handedOnBytes = this.sizeBytes;
    if (sizeBytes > 0) yield this.#ring.subarray(at, at + sizeBytes);
  }

  /** When the next samples to append were spoken. */
  note(timeMs: number, sizeBytes: number): void {
    const start = this.sizeBytes;
    const last = this.#last;
    if (last && last.end === start && last.timeMs + (start - last.start) / BYTES_PER_MS === timeMs) {
      last.end += sizeBytes;
      return;
    }
    this.#last = { timeMs, start, end: start + sizeBytes };
    this.#spans.push(this.#last);
    // More are kept than necessary, so that they are moved rarely.
    const oldest = this.sizeBytes - REMEMBERED_BYTES;
    if ((this.#spans[this.#spans.length >> 1]?.end ?? 0) <= oldest)
      this.#spans = this.#spans.filter(({ end }) => end > oldest);
  }

  /** How many bytes, from the beginning of `samples`, were written for that time and on to the end. */
  repeatedBytes(timeMs: number, samples: Uint8Array): number {
    const oldest = this.sizeBytes - REMEMBERED_BYTES;
    for (let i = this.#spans.length - 1; i >= 0; i--) {
      const span = this.#spans[i];
      if (!span || span.end <= oldest) return 0;
      const start = span.start + (timeMs - span.timeMs) * BYTES_PER_MS;
      if (start < Math.max(span.start, oldest) || start >= span.end) continue;
      // If times repeat there are many such spans, and most differ in their first bytes.
      if (this.#ring[start % REMEMBERED_BYTES] !== samples[0]) continue;
      const sizeBytes = Math.min(samples.length, this.sizeBytes - start);
      if (this.#holds(samples.subarray(0, sizeBytes), start)) return sizeBytes;
    }
    return 0;
  }

  #holds(samples: Uint8Array, start: number): boolean {
    const at = start % REMEMBERED_BYTES;
    const room = Math.min(samples.length, REMEMBERED_BYTES - at);
    const isSame = (from: number, to: number, ringAt: number) =>
      this.#ring.subarray(ringAt, ringAt + to - from).equals(samples.subarray(from, to));
    return isSame(0, room, at) && isSame(room, samples.length, 0);
  }
}
