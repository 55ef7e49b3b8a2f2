import { joined } from './caller-audio.ts';
import type { AudioBlock } from './kvs-fragments.ts';
import { BYTES_PER_MS } from './wav.ts';

/** `joined`: one block after the other, whatever their times say. */
export type AudioPlacement = 'by-time' | 'joined';

/** Turns a message's fragments, in their order, into its samples. Chunks are not to be changed. */
export interface AudioTimeline {
  readonly add: (audio: readonly AudioBlock[]) => Iterable<Uint8Array>;
  /** What was held back, when no more fragments come. */
  readonly end: () => Iterable<Uint8Array>;
}

/** The recording's times in the contact record, in milliseconds since the epoch. */
interface RecordedSpan {
  readonly startMs: number;
  readonly stopMs: number;
}

/** The record's times are cut to whole seconds, and another clock's than the blocks'. */
const SLACK_MS = 5000;
/** Shorter gaps are jitter: a block comes late, or shorter than the grid it is on. */
const LEAST_GAP_MS = 100;
/** How far back a repetition is recognized: as much as producers keep for sending again. */
const REMEMBERED_BYTES = 120_000 * BYTES_PER_MS;

const SILENCE: Uint8Array = new Uint8Array(1024 * BYTES_PER_MS);

/** For one recording. `span` tells which times of its blocks can be true, and how much silence there can be. */
export function audioTimeline(placement: AudioPlacement, span: RecordedSpan): AudioTimeline {
  if (placement === 'joined') return { add: (audio) => [joined(audio)], end: () => [] };
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
 * So what is dropped is in the file, sample for sample, and no time, however
 * wrong, loses audio. Audio whose time is not believed moves the clock on by
 * its length, because it takes the place of what should be there. Every gap is
 * measured from the block before it, so jitter does not add up.
 *
 * A fragment that leaps ahead is held back until the next one comes: if that goes
 * on as if there had been no leap, the time was wrong. Silence never makes the
 * file longer than the record says, and 5 s.
 *
 * Memory is flat: the last two minutes, to recognize them, and one fragment.
 */
class TimedAudio {
  readonly #earliestMs: number;
  readonly #latestMs: number;
  readonly #longestBytes: number;
  readonly #written = new RecentAudio();
  /** Until when there is audio, by the clock of the blocks. */
  #untilMs: number | undefined;
  /** When the last block began that was where it should be. */
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
  }

  *#place(audio: readonly AudioBlock[], isBelieved: boolean): Generator<Uint8Array, void, void> {
    let pieces: AudioBlock[] = [];
    for (const { timeMs, samples } of audio) {
      const silenceBytes = isBelieved ? this.#silenceBefore(timeMs) : 0;
      if (silenceBytes > 0) {
        if (pieces.length > 0) yield joined(pieces);
        pieces = [];
        yield* this.#silence(silenceBytes);
      }
      const fresh = samples.subarray(this.#repeatedBytes(timeMs, samples));
      this.#advance(timeMs, samples, fresh, isBelieved);
      if (fresh.length > 0) pieces.push({ timeMs, samples: fresh });
    }
    if (pieces.length > 0) yield joined(pieces);
  }

  *#silence(sizeBytes: number): Generator<Uint8Array, void, void> {
    for (let left = sizeBytes; left > 0; left -= SILENCE.length) {
      const chunk = SILENCE.subarray(0, left);
      this.#written.append(chunk);
      yield chunk;
    }
  }

  /** Milliseconds from the end of the audio so far; negative: into it. Undefined: the time says nothing. */
  #distance(timeMs: number): number | undefined {
    const isBelievable = timeMs >= this.#earliestMs && timeMs <= this.#latestMs;
    return isBelievable && this.#untilMs !== undefined ? timeMs - this.#untilMs : undefined;
  }

  #silenceBefore(timeMs: number): number {
    const gapMs = this.#distance(timeMs) ?? 0;
    if (gapMs < LEAST_GAP_MS) return 0;
    return Math.max(0, Math.min(gapMs * BYTES_PER_MS, this.#longestBytes - this.#written.sizeBytes));
  }

  /** How much of a block's beginning is in the file already. */
  #repeatedBytes(timeMs: number, samples: Uint8Array): number {
    const distanceMs = this.#distance(timeMs);
    const isJitter =
      distanceMs === undefined ||
      distanceMs >= 0 ||
      (distanceMs > -LEAST_GAP_MS && timeMs > this.#lastStartMs && !this.#isRepeating);
    const repeatedBytes = isJitter ? 0 : this.#written.repeatedBytes(timeMs, samples);
    this.#isRepeating = repeatedBytes > 0;
    return repeatedBytes;
  }

  #advance(timeMs: number, samples: Uint8Array, fresh: Uint8Array, isBelieved: boolean): void {
    const isBelievable = timeMs >= this.#earliestMs && timeMs <= this.#latestMs;
    const distanceMs = this.#distance(timeMs) ?? 0;
    const isBehind = distanceMs <= -LEAST_GAP_MS || timeMs <= this.#lastStartMs;
    const isInPlace = isBelieved && isBelievable && (!isBehind || fresh.length < samples.length);
    if (isInPlace) {
      const endMs = timeMs + samples.length / BYTES_PER_MS;
      this.#untilMs = Math.max(this.#untilMs ?? endMs, endMs);
      if (fresh.length > 0) this.#lastStartMs = timeMs;
    } else if (this.#untilMs !== undefined) {
      this.#untilMs += samples.length / BYTES_PER_MS;
    }
    if (fresh.length === 0) return;
    this.#written.append(fresh, timeMs + (samples.length - fresh.length) / BYTES_PER_MS);
  }

  #leaps(audio: readonly AudioBlock[]): boolean {
    const [first] = audio;
    return first !== undefined && (this.#distance(first.timeMs) ?? 0) >= LEAST_GAP_MS;
  }

  /** Whether the next fragment's time leaves just the room for the held one, without its leap. At the same time it may be a repetition. */
  #goesOnAfter(held: readonly AudioBlock[], [next]: readonly AudioBlock[]): boolean {
    const distanceMs = next && this.#distance(next.timeMs);
    if (distanceMs === undefined || next?.timeMs === held[0]?.timeMs) return false;
    const heldMs = held.reduce((sum, { samples }) => sum + samples.length, 0) / BYTES_PER_MS;
    return Math.abs(distanceMs - heldMs) < LEAST_GAP_MS;
  }
}

/** The end of what was written, and when its blocks were spoken. */
class RecentAudio {
  sizeBytes = 0;
  readonly #ring = Buffer.alloc(REMEMBERED_BYTES);
  #blocks: { readonly timeMs: number; readonly start: number; readonly end: number }[] = [];

  append(samples: Uint8Array, timeMs?: number): void {
    const start = this.sizeBytes;
    const end = start + samples.length;
    const kept = samples.subarray(Math.max(0, samples.length - REMEMBERED_BYTES));
    const at = (end - kept.length) % REMEMBERED_BYTES;
    const room = REMEMBERED_BYTES - at;
    this.#ring.set(kept.subarray(0, room), at);
    this.#ring.set(kept.subarray(room), 0);
    this.sizeBytes = end;
    if (timeMs === undefined) return;
    this.#blocks.push({ timeMs, start, end });
    const oldest = end - REMEMBERED_BYTES;
    // A few too many are kept, so that few are moved.
    if ((this.#blocks[this.#blocks.length >> 1]?.start ?? 0) < oldest)
      this.#blocks = this.#blocks.filter((block) => block.start >= oldest);
  }

  /** How many bytes, from the beginning of `samples`, were written for that time and on to the end. */
  repeatedBytes(timeMs: number, samples: Uint8Array): number {
    for (let i = this.#blocks.length - 1; i >= 0; i--) {
      const block = this.#blocks[i];
      if (!block || block.start < this.sizeBytes - REMEMBERED_BYTES) return 0;
      const start = block.start + (timeMs - block.timeMs) * BYTES_PER_MS;
      if (start < block.start || start >= block.end) continue;
      // Where times repeat there are many such blocks, and most differ at once.
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
