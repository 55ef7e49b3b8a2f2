import type { RecognizedWord } from './recognizer.ts';
import type { Span } from './speech-spans.ts';

const SHORTEST_WORD_SECONDS = 0.02;
/** A last consonant may fade after the detector has heard the end of speech. */
const FADE_SECONDS = 0.1;

/**
 * The words with times that agree with where speech was heard: none begins before
 * the one in front of it ends, nor before its stretch of speech does, and none
 * reaches into the pause behind. Times are rounded to milliseconds, confidence to
 * four digits. `earliestSeconds` is the end of the last word before these.
 */
export function placeWords(
  words: readonly RecognizedWord[],
  speech: readonly Span[],
  earliestSeconds: number,
): RecognizedWord[] {
  const placed: RecognizedWord[] = [];
  for (const word of words) {
    const afterLast = placed.at(-1)?.endSeconds ?? earliestSeconds;
    let startSeconds = Math.max(word.startSeconds, afterLast);
    let endSeconds = Math.max(word.endSeconds, startSeconds + SHORTEST_WORD_SECONDS);
    const heard = speech.find((span) => endSeconds > span.startSeconds && startSeconds < span.endSeconds);
    if (heard) {
      startSeconds = Math.max(startSeconds, heard.startSeconds);
      const latest = Math.max(startSeconds + SHORTEST_WORD_SECONDS, heard.endSeconds + FADE_SECONDS);
      endSeconds = Math.min(endSeconds, latest);
    }
    placed.push({
      text: word.text,
      startSeconds: rounded(startSeconds, 3),
      endSeconds: rounded(Math.max(endSeconds, startSeconds + SHORTEST_WORD_SECONDS), 3),
      confidence: rounded(word.confidence, 4),
    });
  }
  return placed;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
