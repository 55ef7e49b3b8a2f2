import { type RecognizedWord, type Recognizer, textOf } from './recognizer.ts';

const FIRST_WORD_SECONDS = 0.2;
const WORD_SECONDS = 0.3;
const CONFIDENCE = 0.99;

/**
 * A recognizer that returns prepared texts, for tests that are about something else. Each word lasts 0.3 s,
 * in one segment; an empty text is silence.
 */
export function createStandInRecognizer(textFor: string | ((wav: Uint8Array) => string)): Recognizer {
  return {
    async transcribe(wav) {
      const text = typeof textFor === 'string' ? textFor : textFor(wav);
      const words = text.split(/\s+/).filter(Boolean).map(wordAt);
      const startSeconds = words[0]?.startSeconds;
      const endSeconds = words.at(-1)?.endSeconds;
      const spoken = startSeconds !== undefined && endSeconds !== undefined;
      return {
        text: textOf(words),
        language: 'en',
        words,
        segments: spoken ? [{ text: textOf(words), startSeconds, endSeconds, words }] : [],
      };
    },
    async close() {},
  };
}

function wordAt(text: string, index: number): RecognizedWord {
  const startSeconds = toMilliseconds(FIRST_WORD_SECONDS + index * WORD_SECONDS);
  return {
    text,
    startSeconds,
    endSeconds: toMilliseconds(startSeconds + WORD_SECONDS),
    confidence: CONFIDENCE,
  };
}

/** Keeps 0.2 + 0.1 from being 0.30000000000000004. */
function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
