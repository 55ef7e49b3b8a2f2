import type { CallerNumber } from './phone-number.ts';
import type { Transcript, TranscriptGap } from './transcript.ts';

/* What people read about a voicemail, in the task as in the agent's guide. */

export const INCOMPLETE = 'Parts of the recording are missing.';
/** After a mail of which nobody knows whether it was sent. */
export const MAYBE_MAILED = 'This message may have reached you before, by email.';

/** Instead of a message. Nobody is asked to call a number that nobody has. */
export function unrecordedInWords({ kind }: CallerNumber): string {
  const next =
    kind === 'withheld'
      ? 'The number was withheld, so the caller cannot be called back.'
      : 'Please call back.';
  return `The message could not be recorded. ${next}`;
}

const GAP_WORDS: Readonly<Record<TranscriptGap, string>> = {
  REFUSED: 'There is no transcript: the transcription service did not accept the recording',
  FAILED: 'There is no transcript: transcription failed',
  OVERDUE: 'There is no transcript: transcription took too long',
  UNREADABLE: 'There is no transcript: it could not be read',
};

/** The words of a recording that is there, or why there are none. `isBlank`: nothing was said, by its loudness. */
export function transcriptInWords(transcript: Transcript | undefined, isBlank = false): string {
  const hasWords = transcript?.kind === 'text' && transcript.text !== '';
  if (isBlank && !hasWords) return 'Nothing was said.';
  if (!transcript) return `${GAP_WORDS.OVERDUE}.`;
  if (transcript.kind === 'text') return transcript.text || 'No words were recognized in the recording.';
  const { gap, detail } = transcript;
  return `${GAP_WORDS[gap]}${detail ? ` (${detail})` : ''}.`;
}

/** `1 min 5 s` */
export function lengthInWords(durationMs: number): string {
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
