import { callTime } from './call-time.ts';
import { oneLine } from './clean-text.ts';
import type { TaskMode } from './delivery-mode.ts';
import type { CallerNumber } from './phone-number.ts';
import type { SavedRecording } from './recording-metadata.ts';
import type { Transcript, TranscriptGap } from './transcript.ts';

/* What people read about a voicemail, in the task as in the agent's guide. */

/** By whether somebody has asked for an archived recording: why it does not play. */
export const ARCHIVED = {
  archived: 'The recording is archived. Ask an administrator to have it restored.',
  restoring: 'The recording is archived, and being restored, which takes some hours.',
} as const;

export const INCOMPLETE = 'Parts of the recording are missing.';
/** The note if an earlier mail may have been sent. */
export const MAYBE_MAILED = 'This message may have reached you before, by email.';

/** The notes of a voicemail that somebody opened again after its first delivery. */
export const REOPENED = 'This message was opened again after it had been delivered.';
export const ASSIGNED = 'This message was assigned to you after it had been delivered to others.';

/** By kind of task: where the recording is, if there are no links to recordings. */
export const PLAYED_IN: Readonly<Record<TaskMode, string>> = {
  guided_task: 'The recording plays in the guide that opens with this task.',
  task: 'Only an administrator can play the recording.',
};
/** The same if the recording is attached to the task. */
export const ATTACHED_TO: Readonly<Record<TaskMode, string>> = {
  guided_task: 'The recording is attached to this task, and plays in the guide that opens with it.',
  task: 'The recording is attached to this task.',
};
/** The note of a mail without a recording, if there are no links to recordings. */
export const NOT_IN_MAIL = 'Only an administrator can play it.';

/** The note of a voicemail that came back, for those who see it now. */
export function comeBackInWords(endedAtMs: number | undefined, timeZone: string): string {
  const when = endedAtMs === undefined ? '' : ` on ${callTime(endedAtMs, timeZone)}`;
  return `Nobody took the first task of this message, which ended${when}.`;
}

/** The text instead of a message. If the number was withheld, it does not ask to call back. */
export function unrecordedInWords({ kind }: CallerNumber): string {
  const next =
    kind === 'withheld'
      ? 'The number was withheld, so the caller cannot be called back.'
      : 'Please call back.';
  return `The message could not be recorded. ${next}`;
}

const NOTHING_SAID = 'Nothing was said.';
/** The text for a blank message that an operator delivers anyway. */
const TOO_SHORT_TO_TRY = 'There is no transcript: the message is so short that none was made.';

type GapInWords = string | ((language: string) => string);

/** Why there is no transcript: the words for people, instead of AWS's. */
const GAP_WORDS: Readonly<Record<Exclude<TranscriptGap, 'BLANK'>, GapInWords>> = {
  TOO_SHORT: 'the recording is shorter than half a second',
  UNKNOWN_LANGUAGE: (language) => `Amazon Transcribe does not know ${language}`,
  LANGUAGE_NOT_HERE: (language) => `Amazon Transcribe does not offer ${language} in this Region`,
  UNIDENTIFIED_LANGUAGE: 'the spoken language could not be recognized',
  BAD_AUDIO: 'Amazon Transcribe could not read the recording',
  NOT_ALLOWED: 'transcription is not allowed to use the recording. Please tell an administrator',
  REFUSED: 'Amazon Transcribe did not accept the recording',
  FAILED: 'transcription failed',
  NOT_STARTED: 'transcription could not be started in time',
  OVERDUE: 'transcription took too long',
  RECORDING_ARCHIVED: 'the recording was archived before it was transcribed',
  ARCHIVED: 'it is archived. Ask an administrator if you need it',
  EXPIRED: 'it is no longer kept',
  UNREADABLE: 'it could not be read',
};

/** A flow can set any text as the language; a text that is not a code is not repeated. */
const SHOWN_LANGUAGE = /^[A-Za-z0-9_-]{1,16}$/;
const UNNAMED_LANGUAGE = 'the language that the call was marked with';

/** What a recording's loudness tells. A blank one that has sound is blank for its shortness alone. */
type Loudness = Partial<Pick<SavedRecording, 'isBlank' | 'hasSound'>>;

/** The words of a recording, or why there are none. */
export function transcriptInWords(transcript: Transcript | undefined, heard: Loudness = {}): string {
  const { isBlank = false, hasSound = false } = heard;
  if (transcript?.kind === 'text' && transcript.text !== '') return oneLine(transcript.text);
  if (transcript?.kind === 'gap' && transcript.gap === 'TOO_SHORT') return gapInWords(transcript);
  if (isBlank && !hasSound) return NOTHING_SAID;
  if (transcript?.kind === 'text') return 'No words were recognized in the recording.';
  if (transcript) return gapInWords(transcript);
  return isBlank ? TOO_SHORT_TO_TRY : gapInWords({ gap: 'OVERDUE' });
}

function gapInWords({ gap, language = '' }: { gap: TranscriptGap; language?: string | undefined }): string {
  if (gap === 'BLANK') return NOTHING_SAID;
  const words = GAP_WORDS[gap];
  if (typeof words === 'string') return `There is no transcript: ${words}.`;
  const named = SHOWN_LANGUAGE.test(language) ? `the language code "${language}"` : UNNAMED_LANGUAGE;
  return `There is no transcript: ${words(named)}.`;
}

/** `1 min 5 s` */
export function lengthInWords(durationMs: number): string {
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
