import * as z from 'zod/mini';
import { PermanentError } from './errors.ts';
import { parseJson } from './json.ts';
import { faultsOf } from './voicemail.ts';

/** Why there is no transcript: the codes in a stand-in. Agents read the words of `in-words.ts`. */
const STAND_IN_GAPS = [
  /** Nothing was said, by the recording's loudness. No job was started. */
  'BLANK',
  /** Shorter than Transcribe's minimum. */
  'TOO_SHORT',
  /** Transcribe does not have the language at all, or not in this Region. */
  'UNKNOWN_LANGUAGE',
  'LANGUAGE_NOT_HERE',
  /** Transcribe could not identify the language. */
  'UNIDENTIFIED_LANGUAGE',
  /** Transcribe cannot read the recording. */
  'BAD_AUDIO',
  /** We lack a permission: for Transcribe, or for what it reads and writes. */
  'NOT_ALLOWED',
  /** Transcribe refused or failed the job for another reason. */
  'REFUSED',
  'FAILED',
  /** No job could be started, or ended, before the deadline. */
  'NOT_STARTED',
  'OVERDUE',
  /** The recording was archived before it was transcribed. */
  'RECORDING_ARCHIVED',
] as const;

export type StandInGap = (typeof STAND_IN_GAPS)[number];

/**
 * Why a voicemail has no transcript. `UNREADABLE`: the object is not what Transcribe writes. `ARCHIVED`: it is where it
 * cannot be read. `EXPIRED`: transcripts are not kept for so long.
 */
export type TranscriptGap = StandInGap | 'UNREADABLE' | 'ARCHIVED' | 'EXPIRED';

export type Transcript =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'gap';
      readonly gap: TranscriptGap;
      /** The requested language code, if the gap is about it. */
      readonly language?: string | undefined;
      /** AWS's own words, for operators. No agent reads them. */
      readonly detail?: string | undefined;
    };

export interface StandIn {
  readonly jobName: string;
  readonly gap: StandInGap;
  readonly language?: string | undefined;
  readonly detail?: string | undefined;
}

/**
 * The part of Amazon Transcribe's output that we need, and our stand-in for it.
 *
 * Source: Amazon Transcribe developer guide, "Data input and output".
 */
const outputSchema = z.object({
  results: z.object({ transcripts: z.array(z.object({ transcript: z.string() })) }),
  standIn: z.optional(
    z.object({
      gap: z.enum(STAND_IN_GAPS),
      language: z.optional(z.string()),
      detail: z.optional(z.string()),
    }),
  ),
});

/** Reads a transcript object. Throws PermanentError MALFORMED_EVENT if it is not what Transcribe writes. */
export function readTranscript(json: string): Transcript {
  const parsed = outputSchema.safeParse(parseJson(json));
  if (!parsed.success) {
    throw new PermanentError('MALFORMED_EVENT', `not a transcript: ${faultsOf(parsed.error)}`);
  }
  const { standIn, results } = parsed.data;
  if (standIn) return { kind: 'gap', ...standIn };
  return {
    kind: 'text',
    text: results.transcripts
      .map(({ transcript }) => transcript)
      .join(' ')
      .trim(),
  };
}

/**
 * The stand-in for Transcribe's output, so that delivery goes on without a transcript. It has the shape of
 * an output without words.
 */
export function standInTranscript({ jobName, gap, language, detail }: StandIn): string {
  return JSON.stringify({
    jobName,
    status: 'FAILED',
    results: { transcripts: [{ transcript: '' }], items: [] },
    standIn: { gap, ...(language && { language }), ...(detail && { detail }) },
  });
}

const JOB_PREFIX = 'vmx3_';

/** Job names contain the contact id, so that a job shows whose message it is. */
export function jobNameOf(contactId: string): string {
  return `${JOB_PREFIX}${contactId}`;
}

/** The name of the second job, in the first language, after the spoken one could not be identified. */
export function secondJobNameOf(contactId: string): string {
  return `${jobNameOf(contactId)}_2`;
}

/** The contact a job belongs to, or undefined if the job is not ours. A later job of the same contact ends in `_<n>`. */
export function contactIdOfJob(jobName: string): string | undefined {
  if (!jobName.startsWith(JOB_PREFIX)) return undefined;
  return jobName.slice(JOB_PREFIX.length).replace(/_\d+$/, '');
}
