import { secondsIn, type Span, VAD_FRAME_SECONDS } from './speech-spans.ts';

/** Spans that follow one another within GAP are one segment, as long as it stays below TARGET. */
const GAP_SECONDS = 1.2;
const TARGET_SECONDS = 15;
/** The model repeats itself in longer pieces. */
const LONGEST_SECONDS = 20;
/** Sound kept before and after speech, for soft first and last consonants. */
const MARGIN_SECONDS = 0.25;

/** A span whose end was cut in mid-speech must not be joined to what follows. */
interface Piece extends Span {
  readonly cut: boolean;
}

/**
 * The pieces in which a recording is given to the model: speech with a margin,
 * short pauses within, none longer than 20 s.
 */
export function segmentsOf(
  speech: readonly Span[],
  probabilities: readonly number[],
  durationSeconds: number,
): Span[] {
  const pieces = joined(speech.flatMap((span) => shortened(span, probabilities)));
  return pieces.map(({ startSeconds, endSeconds }, index) => {
    const before = pieces[index - 1];
    const after = pieces[index + 1];
    const earliest = before ? (before.endSeconds + startSeconds) / 2 : 0;
    const latest = after ? (endSeconds + after.startSeconds) / 2 : durationSeconds;
    return {
      startSeconds: Math.max(startSeconds - MARGIN_SECONDS, earliest),
      endSeconds: Math.min(endSeconds + MARGIN_SECONDS, latest),
    };
  });
}

/** Over-long speech, cut where it least sounds like speech. */
function shortened(span: Span, probabilities: readonly number[]): Piece[] {
  const pieces: Piece[] = [];
  let { startSeconds } = span;
  while (span.endSeconds - startSeconds > LONGEST_SECONDS) {
    const endSeconds = quietestSeconds(startSeconds, probabilities);
    pieces.push({ startSeconds, endSeconds, cut: true });
    startSeconds = endSeconds;
  }
  return [...pieces, { startSeconds, endSeconds: span.endSeconds, cut: false }];
}

/** The least speech-like moment of the second half of the longest allowed piece. */
function quietestSeconds(startSeconds: number, probabilities: readonly number[]): number {
  const at = (frame: number) => probabilities[frame] ?? 0;
  const first = Math.floor((startSeconds + LONGEST_SECONDS / 2) / VAD_FRAME_SECONDS);
  const last = Math.floor((startSeconds + LONGEST_SECONDS) / VAD_FRAME_SECONDS) - 1;
  let quietest = first;
  let least = Infinity;
  for (let frame = first; frame <= last; frame += 1) {
    const speech = at(frame - 1) + at(frame) + at(frame + 1);
    if (speech >= least) continue;
    least = speech;
    quietest = frame;
  }
  return quietest * VAD_FRAME_SECONDS;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    const whole = last && { ...piece, startSeconds: last.startSeconds };
    const fits =
      last &&
      whole &&
      !last.cut &&
      piece.startSeconds - last.endSeconds <= GAP_SECONDS &&
      secondsIn(whole) <= TARGET_SECONDS;
    if (fits) result[result.length - 1] = whole;
    else result.push(piece);
  }
  return result;
}
