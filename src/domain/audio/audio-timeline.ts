import type { AudioBlock } from './kvs-fragments.ts';
import { BYTES_PER_MS } from './wav.ts';

/** `joined`: one block after the other, whatever their times say. */
export type AudioPlacement = 'by-time' | 'joined';

/**
 * Turns a message's fragments, in their order, into its samples. A chunk must not be changed, and is valid
 * until the next one is requested.
 */
export interface AudioTimeline {
  readonly add: (audio: readonly AudioBlock[]) => Iterable<Uint8Array>;
  /** Returns what was held back, when there are no more fragments. */
  readonly end: () => Iterable<Uint8Array>;
}

/** The recording's times in the contact record, in milliseconds since the epoch. */
interface RecordedSpan {
  readonly startMs: number;
  readonly stopMs: number;
}

/** The record's times are cut to whole seconds, and come from another clock than the blocks' times. */
const SLACK_MS = 5000;
/** Shorter gaps are jitter: a block is late, or shorter than its grid. */
const LEAST_GAP_MS = 100;
/** How far back a repetition is recognized: as much as producers buffer for sending again. */
const REMEMBERED_BYTES = 120_000 * BYTES_PER_MS;

const SILENCE: Uint8Array = new Uint8Array(1024 * BYTES_PER_MS);

/** Checks, fragment by fragment in their order, whether the audio has no gap, for any placement. */
export function seamOf(): {
  /**
   * Whether there was no gap so far, with this fragment as the last. A first or last fragment without audio
   * is a gap.
   */
  readonly isSeamlessWith: (audio: readonly AudioBlock[]) => boolean;
} {
  let untilMs: number | undefined;
  let isSeamless = true;
  return {
    isSeamlessWith(audio) {
      const [first] = audio;
      const last = audio.at(-1);
      if (!first || !last) {
        if (untilMs === undefined) isSeamless = false;
        return false;
      }
      if (untilMs !== undefined && first.timeMs - untilMs >= LEAST_GAP_MS) isSeamless = false;
      untilMs = Math.max(untilMs ?? -Infinity, last.timeMs + last.samples.length / BYTES_PER_MS);
      return isSeamless;
    },
  };
}

/**
 * For one recording. `span` limits which times of its blocks are believed, and how much silence there can
 * be.
 */
export function audioTimeline(placement: AudioPlacement, span: RecordedSpan): AudioTimeline {
  if (placement === 'joined') return { add: (audio) => audio.map(({ samples }) => samples), end: () => [] };
  const timeline = new TimedAudio(span);
  return { add: (audio) => timeline.add(audio), end: () => timeline.end() };
}

/**
 * Places audio by the time it was spoken. The first audio begins the file. Then
 *
 *     block begins ...                          its samples
 *     where the audio so far ends, +- 100 ms    follow
 *     later than that                           follow after silence
 *     earlier, and are in the file already      are dropped: sent again after a reconnect
 *     earlier, and are not                      follow
 *     outside the record's times, +- 5 s        follow
 *
 * So everything that is dropped is in the file, sample for sample, and a wrong time never loses audio. Audio
 * whose time is not believed moves the clock on by its length, because it takes the place of the audio that
 * should be there. Every gap is measured from the block before it, so jitter does not add up.
 *
 * A fragment that leaps ahead is held back until the next one comes: if that one continues as if there had
 * been no leap, the time was wrong. Silence never makes the file longer than the record plus 5 s.
 *
 * Memory is flat: the last two minutes, to recognize them, and one fragment.
 */
class TimedAudio {
  readonly #earliestMs: number;
  readonly #latestMs: number;
  readonly #longestBytes: number;
  readonly #written = new RecentAudio();
  /** The end of the audio so far, by the clock of the blocks. */
  #untilMs: number | undefined;
  /** When the last block in its right place began. */
  #lastStartMs = -Infinity;
  #isRepeating = false;
  #held: readonly AudioBlock[] = [];

  constructor({ startMs, stopMs }: RecordedSpan) {
    this.#earliestMs = startMs - SLACK_MS;
    this.#latestMs = stopMs + SLACK_MS;
    this.#longestBytes = (Math.max(0, stopMs - startMs) + SLACK_MS) * BYTES_PER_MS;
  }

  *add(audio: readonly AudioBlock[]): Generator<Uint8Array, void, void> {
    const held = this.#held;
    this.#held = [];
    yield* this.#place(held, !this.#goesOnAfter(held, audio));
    if (this.#leaps(audio)) this.#held = audio;
    else yield* this.#place(audio, true);
  }

  *end(): Generator<Uint8Array, void, void> {
    yield* this.#place(this.#held, true);
    this.#held = [];
    this.#written.release();
  }

  /** Returned in one piece, unless silence or the end of the memory is in the middle. */
  *#place(audio: readonly AudioBlock[], isBelieved: boolean): Generator<Uint8Array, void, void> {
    for (const { timeMs, samples } of audio) {
      const distanceMs = this.#distance(timeMs);
      let repeatedBytes = 0;
      if (!this.#goesOn(timeMs, distanceMs)) {
        if (isBelieved) yield* this.#silence(distanceMs);
        if (distanceMs < 0) repeatedBytes = this.#written.repeatedBytes(timeMs, samples);
      }
      if (repeatedBytes < samples.length)
        this.#written.note(timeMs + repeatedBytes / BYTES_PER_MS, samples.length - repeatedBytes);
      for (let from = repeatedBytes; from < samples.length;) {
        from += this.#written.append(samples, from);
        if (this.#written.isLapOver()) yield* this.#written.handOn();
      }
      this.#advance(timeMs, samples.length, repeatedBytes, isBelieved);
    }
    yield* this.#written.handOn();
  }

  /** The silence of a gap, as long as the record has room for it. */
  *#silence(gapMs: number): Generator<Uint8Array, void, void> {
    if (gapMs < LEAST_GAP_MS) return;
    yield* this.#written.handOn();
    let left = Math.min(gapMs * BYTES_PER_MS, this.#longestBytes - this.#written.sizeBytes);
    while (left >= 1) {
      left -= this.#written.append(SILENCE.subarray(0, left));
      yield* this.#written.handOn();
    }
  }

  #isBelievable(timeMs: number): boolean {
    return timeMs >= this.#earliestMs && timeMs <= this.#latestMs;
  }

  /** Milliseconds from the end of the audio so far; negative: into it. 0 if the time is not believed. */
  #distance(timeMs: number): number {
    return this.#isBelievable(timeMs) && this.#untilMs !== undefined ? timeMs - this.#untilMs : 0;
  }

  /** Whether a block neither follows a gap nor may be a repetition. */
  #goesOn(timeMs: number, distanceMs: number): boolean {
    if (distanceMs >= 0) return distanceMs < LEAST_GAP_MS;
    return distanceMs > -LEAST_GAP_MS && timeMs > this.#lastStartMs && !this.#isRepeating;
  }

  #advance(timeMs: number, sizeBytes: number, repeatedBytes: number, isBelieved: boolean): void {
    const isBehind = this.#distance(timeMs) <= -LEAST_GAP_MS || timeMs <= this.#lastStartMs;
    const isInPlace = isBelieved && this.#isBelievable(timeMs) && (!isBehind || repeatedBytes > 0);
    this.#isRepeating = repeatedBytes > 0;
    if (isInPlace) {
      const endMs = timeMs + sizeBytes / BYTES_PER_MS;
      this.#untilMs = Math.max(this.#untilMs ?? endMs, endMs);
      if (repeatedBytes < sizeBytes) this.#lastStartMs = timeMs;
    } else if (this.#untilMs !== undefined) {
      this.#untilMs += sizeBytes / BYTES_PER_MS;
    }
  }

  #leaps(audio: readonly AudioBlock[]): boolean {
    const [first] = audio;
    return first !== undefined && this.#distance(first.timeMs) >= LEAST_GAP_MS;
  }

  /**
   * Whether the next fragment's time leaves exactly the room for the held one, without its leap. A fragment
   * with the same time as the held one can be a repetition, and does not count.
   */
  #goesOnAfter(held: readonly AudioBlock[], [next]: readonly AudioBlock[]): boolean {
    if (!next || !this.#isBelievable(next.timeMs) || next.timeMs === held[0]?.timeMs) return false;
    const heldMs = held.reduce((sum, { samples }) => sum + samples.length, 0) / BYTES_PER_MS;
    return Math.abs(this.#distance(next.timeMs) - heldMs) < LEAST_GAP_MS;
  }
}

/** Audio written for one time and what follows it, at [start, end) of the file without its header. */
interface Span {
  readonly timeMs: number;
  readonly start: number;
  end: number;
}

/** Reused for the next message: allocating memory takes longer than all work on a minute of audio. */
let spareRing: Buffer | undefined;

/** The last audio, and when it was spoken. Returned chunks are views of this memory, not copies. */
class RecentAudio {
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
