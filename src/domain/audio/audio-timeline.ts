import { type AudioBlocks, NO_AUDIO_BLOCKS } from './audio-blocks.ts';
import { RecentAudio } from './recent-audio.ts';
import { BYTES_PER_MS } from './wav.ts';

/** `joined`: one block after the other, whatever their times say. */
export type AudioPlacement = 'by-time' | 'joined';

/**
 * Turns a message's fragments, in their order, into its samples. A chunk must not be changed, and is valid
 * until the next one is requested.
 */
export interface AudioTimeline {
  readonly add: (fragments: readonly AudioBlocks[]) => Iterable<Uint8Array>;
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

const SILENCE: Uint8Array = new Uint8Array(1024 * BYTES_PER_MS);

/** Checks, fragment by fragment in their order, whether the audio has no gap, for any placement. */
export function seamOf(): {
  /**
   * Whether there was no gap so far, with this fragment as the last. A first or last fragment without audio
   * is a gap.
   */
  readonly isSeamlessWith: (audio: AudioBlocks) => boolean;
} {
  let untilMs: number | undefined;
  let isSeamless = true;
  return {
    isSeamlessWith(audio) {
      const { firstMs } = audio;
      if (firstMs === undefined) {
        if (untilMs === undefined) isSeamless = false;
        return false;
      }
      if (untilMs !== undefined && firstMs - untilMs >= LEAST_GAP_MS) isSeamless = false;
      untilMs = Math.max(untilMs ?? -Infinity, audio.untilMs);
      return isSeamless;
    },
  };
}

/**
 * For one recording. `span` limits which times of its blocks are believed, and how much silence there can
 * be.
 */
export function audioTimeline(placement: AudioPlacement, span: RecordedSpan): AudioTimeline {
  if (placement === 'joined') return { add: samplesOf, end: () => [] };
  const timeline = new TimedAudio(span);
  return { add: (fragments) => timeline.add(fragments), end: () => timeline.end() };
}

function* samplesOf(fragments: readonly AudioBlocks[]): Generator<Uint8Array, void, void> {
  for (const audio of fragments) for (const { samples } of audio) yield samples;
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
  #held = NO_AUDIO_BLOCKS;

  constructor({ startMs, stopMs }: RecordedSpan) {
    this.#earliestMs = startMs - SLACK_MS;
    this.#latestMs = stopMs + SLACK_MS;
    this.#longestBytes = (Math.max(0, stopMs - startMs) + SLACK_MS) * BYTES_PER_MS;
  }

  /** What follows the audio so far comes in one piece, however many fragments it is. */
  *add(fragments: readonly AudioBlocks[]): Generator<Uint8Array, void, void> {
    for (const audio of fragments) {
      if (this.#joins(audio)) this.#join(audio);
      else yield* this.#addOdd(audio);
    }
    yield* this.#written.handOn();
  }

  *end(): Generator<Uint8Array, void, void> {
    yield* this.#place(this.#held, true);
    yield* this.#written.handOn();
    this.#held = NO_AUDIO_BLOCKS;
    this.#written.release();
  }

  *#addOdd(audio: AudioBlocks): Generator<Uint8Array, void, void> {
    const held = this.#held;
    this.#held = NO_AUDIO_BLOCKS;
    yield* this.#place(held, !this.#goesOnAfter(held, audio));
    if (this.#leaps(audio)) this.#held = audio;
    else yield* this.#place(audio, true);
  }

  /** Whether it is what almost all audio is: unbroken, and right where the audio so far ends. */
  #joins({ firstMs, lastMs, isUnbroken, sizeBytes }: AudioBlocks): boolean {
    if (firstMs === undefined || !isUnbroken || this.#held.sizeBytes > 0) return false;
    const distanceMs = firstMs - (this.#untilMs ?? firstMs);
    const isNext = distanceMs >= 0 && distanceMs < LEAST_GAP_MS;
    const isBelieved = this.#isBelievable(firstMs) && this.#isBelievable(lastMs);
    return isNext && isBelieved && this.#written.hasRoomFor(sizeBytes);
  }

  /** The same as `#place` for audio that joins, without a look at each block. */
  #join(audio: AudioBlocks): void {
    this.#written.appendAll(audio);
    this.#untilMs = audio.untilMs;
    this.#lastStartMs = audio.lastMs;
    this.#isRepeating = false;
  }

  *#place(audio: AudioBlocks, isBelieved: boolean): Generator<Uint8Array, void, void> {
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

  #leaps({ firstMs }: AudioBlocks): boolean {
    return firstMs !== undefined && this.#distance(firstMs) >= LEAST_GAP_MS;
  }

  /**
   * Whether the next fragment's time leaves exactly the room for the held one, without its leap. A fragment
   * with the same time as the held one can be a repetition, and does not count.
   */
  #goesOnAfter(held: AudioBlocks, { firstMs }: AudioBlocks): boolean {
    if (firstMs === undefined || !this.#isBelievable(firstMs) || firstMs === held.firstMs) return false;
    return Math.abs(this.#distance(firstMs) - held.sizeBytes / BYTES_PER_MS) < LEAST_GAP_MS;
  }
}
