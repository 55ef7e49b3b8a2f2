import { SAMPLES_PER_MS } from '../../kinesis-video/connect-fragment.ts';
import { SAMPLES_PER_FRAGMENT, TONE } from '../fragment-writer.ts';

/** An utterance of the caller. Its samples must not be changed afterwards. */
export interface Utterance {
  /** Epoch milliseconds, whole. */
  readonly startMs: number;
  /** 8 kHz, mono. */
  readonly samples: Int16Array;
}

/** When a prompt begins and ends. Epoch milliseconds, whole. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Silence is zeros, so that tests can find speech to the sample. */
const SILENCE = new Int16Array(SAMPLES_PER_FRAGMENT);

/**
 * The caller's samples in a stretch of at most one fragment. A stretch of silence, or of a single utterance,
 * is not copied: streams can run for hours.
 */
export function saidBetween(utterances: readonly Utterance[], { startMs, endMs }: Span): Int16Array {
  const length = (endMs - startMs) * SAMPLES_PER_MS;
  const audible = utterances
    .map((utterance) => ({ ...utterance, at: (utterance.startMs - startMs) * SAMPLES_PER_MS }))
    .filter(({ at, samples }) => at < length && at + samples.length > 0);
  const [first] = audible;
  if (!first) return SILENCE.subarray(0, length);
  if (first.at <= 0 && first.at + first.samples.length >= length)
    return first.samples.subarray(-first.at, length - first.at);

  const heard = new Int16Array(length);
  for (const { at, samples } of audible)
    heard.set(samples.subarray(Math.max(-at, 0), length - at), Math.max(at, 0));
  return heard;
}

/** What the caller hears within a stretch of at most a fragment: a tone for each prompt. */
export function playedBetween(spans: readonly Span[], { startMs, endMs }: Span): Int16Array {
  const heard = new Int16Array((endMs - startMs) * SAMPLES_PER_MS);
  for (const span of spans) {
    const from = (Math.max(span.startMs, startMs) - startMs) * SAMPLES_PER_MS;
    const until = (Math.min(span.endMs, endMs) - startMs) * SAMPLES_PER_MS;
    if (from < until) heard.set(TONE.subarray(0, until - from), from);
  }
  return heard;
}
