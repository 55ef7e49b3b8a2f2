/** Speech to text. One implementation listens; the stand-in returns prepared texts. */
export interface Recognizer {
  /**
   * What is said in a WAV file (any kind that `readWav` takes). Silence is an
   * empty text, not an error.
   *
   * Throws WavError for a file of another kind, RecognizerUnavailableError when
   * the packages are not installed.
   */
  readonly transcribe: (wav: Uint8Array) => Promise<Recognition>;
  /** Ends its process. Callers that still wait for a transcript get an error. */
  readonly close: () => Promise<void>;
}

export interface Recognition {
  /** Upper and lower case, with punctuation. */
  readonly text: string;
  readonly language: 'en';
  /** In the order they were spoken; the words of all segments. */
  readonly words: readonly RecognizedWord[];
  /** Stretches of speech between pauses. */
  readonly segments: readonly RecognizedSegment[];
}

export interface RecognizedSegment {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly words: readonly RecognizedWord[];
}

export interface RecognizedWord {
  /** With the punctuation that belongs to it: `Lopez.` */
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** 0 to 1: how sure the model was of its parts, on geometric average. */
  readonly confidence: number;
}

/** The recognizer's packages are optional, and they are not installed. */
export class RecognizerUnavailableError extends Error {
  override readonly name = 'RecognizerUnavailableError';
}

/** The words of a segment, or of a whole recording, as one text. */
export function textOf(words: readonly RecognizedWord[]): string {
  return words.map((word) => word.text).join(' ');
}
