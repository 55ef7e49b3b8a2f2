/** A stretch of a recording. */
export interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** The voice activity detector says once in 256 samples at 8 kHz how likely speech is. */
export const VAD_FRAME_SECONDS = 0.032;

/** Above ON speech begins; it lasts until PAUSE seconds have stayed below OFF. */
const ON = 0.5;
const OFF = 0.35;
const PAUSE_SECONDS = 0.3;
/** Anything shorter is a click or a breath. */
const SHORTEST_SECONDS = 0.15;

/** Where somebody speaks. `probabilities` has one number, 0 to 1, per frame of 32 ms. */
export function speechSpans(probabilities: readonly number[]): Span[] {
  const spans: Span[] = [];
  let firstFrame: number | undefined;
  let lastFrame = 0;
  const finish = () => {
    if (firstFrame !== undefined)
      spans.push({
        startSeconds: firstFrame * VAD_FRAME_SECONDS,
        endSeconds: (lastFrame + 1) * VAD_FRAME_SECONDS,
      });
    firstFrame = undefined;
  };
  for (const [frame, probability] of probabilities.entries()) {
    if (probability >= (firstFrame === undefined ? ON : OFF)) {
      firstFrame ??= frame;
      lastFrame = frame;
    } else if ((frame - lastFrame) * VAD_FRAME_SECONDS >= PAUSE_SECONDS) {
      finish();
    }
  }
  finish();
  return spans.filter((span) => secondsIn(span) >= SHORTEST_SECONDS);
}

/** How much of a stretch is speech. */
export function speechSecondsIn(stretch: Span, speech: readonly Span[]): number {
  let seconds = 0;
  for (const span of speech) {
    const start = Math.max(stretch.startSeconds, span.startSeconds);
    const end = Math.min(stretch.endSeconds, span.endSeconds);
    seconds += Math.max(0, end - start);
  }
  return seconds;
}

export function secondsIn({ startSeconds, endSeconds }: Span): number {
  return endSeconds - startSeconds;
}
