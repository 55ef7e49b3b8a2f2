import type { StandInGap } from './transcript.ts';

/**
 * The gap for a failed job's `FailureReason`. Amazon Transcribe distinguishes failures only in words, which
 * are not fully documented: those about media are from the API reference, the others from reports by users
 * of other programs. Any other reason is `FAILED`.
 *
 * Source: Amazon Transcribe API reference, TranscriptionJob, `FailureReason`.
 */
const FAILURES: readonly (readonly [RegExp, StandInGap])[] = [
  [/length is too small|size too small|minimum audio duration|at least 500 milliseconds/i, 'TOO_SHORT'],
  [/language identification|identif\w* (?:the|a|any) .*language/i, 'UNIDENTIFIED_LANGUAGE'],
  [
    /media format|sample rate|number of channels|size too large|parse audio|audio format|isn't valid/i,
    'BAD_AUDIO',
  ],
  [/access(?:ed)?\b|permission/i, 'NOT_ALLOWED'],
];

export function gapOfFailure(reason = ''): StandInGap {
  return FAILURES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'FAILED';
}

/** Whether callers cause it by what they say or do not say: it needs no alarm. */
export function isCallersDoing(gap: StandInGap): boolean {
  return gap === 'BLANK' || gap === 'TOO_SHORT' || gap === 'UNIDENTIFIED_LANGUAGE';
}
