import * as z from 'zod';
import { PermanentError } from './errors.ts';
import { parseJson } from './json.ts';
import { faultsOf } from './voicemail.ts';

/** Why there is no transcript, as a stand-in says it. Agents read it in the words of `in-words.ts`. */
const STAND_IN_GAPS = [
  /** Nothing was said, by the recording's loudness: no job was started. */
  'BLANK',
  /** Shorter than Transcribe takes. */
  'TOO_SHORT',
  /** Transcribe does not have the language at all, or not in this Region. */
  'UNKNOWN_LANGUAGE',
  'LANGUAGE_NOT_HERE',
  /** Nor does it know which language is spoken. */
  'UNIDENTIFIED_LANGUAGE',
  /** The recording is not one that Transcribe can read. */
  'BAD_AUDIO',
  /** Transcribe, or what it reads and writes, is not to be used by us. */
  'NOT_ALLOWED',
  /** Transcribe did not take the job, or gave it up, for a reason that is none of these. */
  'REFUSED',
  'FAILED',
  /** No job could be started before the deadline, or none was over. */
  'NOT_STARTED',
  'OVERDUE',
] as const;

export type StandInGap = (typeof STAND_IN_GAPS)[number];

/** Why a voicemail has no transcript. `UNREADABLE`: the object is not what Transcribe writes. */
export type TranscriptGap = StandInGap | 'UNREADABLE';

export type Transcript =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'gap';
      readonly gap: TranscriptGap;
      /** The language code that the job was asked for, if the gap is about it. */
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
 * As much of Amazon Transcribe's output as we need, and our stand-in for it.
 *
 * Source: Amazon Transcribe developer guide, "Data input and output".
 */
const outputSchema = z.object({
  results: z.object({ transcripts: z.array(z.object({ transcript: z.string() })) }),
  standIn: z
    .object({
      gap: z.enum(STAND_IN_GAPS),
      language: z.string().optional(),
      detail: z.string().optional(),
    })
    .optional(),
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
 * What is put where Transcribe's output would have been, so that delivery goes
 * on without it. It has the shape of an output with no words in it.
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

/** Job names carry the contact id, so that a job tells whose message it is. */
export function jobNameOf(contactId: string): string {
  return `${JOB_PREFIX}${contactId}`;
}

/** The job of one more try, in the first language, after the spoken one could not be identified. */
export function secondJobNameOf(contactId: string): string {
  return `${jobNameOf(contactId)}_2`;
}

/** The contact a job belongs to, or undefined if the job is not ours. A later job of the same contact ends in `_<n>`. */
export function contactIdOfJob(jobName: string): string | undefined {
  if (!jobName.startsWith(JOB_PREFIX)) return undefined;
  return jobName.slice(JOB_PREFIX.length).replace(/_\d+$/, '');
}
