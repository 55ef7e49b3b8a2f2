import * as z from 'zod';
import { PermanentError } from './errors.ts';
import { parseJson } from './json.ts';
import { faultsOf } from './voicemail.ts';

/** Why a voicemail has no transcript. */
export type TranscriptGap =
  /** Transcribe would not take the job, or gave it up; `detail` is its reason. */
  | 'REFUSED'
  | 'FAILED'
  /** No answer before the deadline. */
  | 'OVERDUE'
  /** The transcript object is not what Transcribe writes. */
  | 'UNREADABLE';

export type Transcript =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'gap'; readonly gap: TranscriptGap; readonly detail?: string | undefined };

/**
 * As much of Amazon Transcribe's output as we need, and our stand-in for it.
 *
 * Source: Amazon Transcribe developer guide, "Data input and output".
 */
const outputSchema = z.object({
  results: z.object({ transcripts: z.array(z.object({ transcript: z.string() })) }),
  standIn: z
    .object({ gap: z.enum(['REFUSED', 'FAILED', 'OVERDUE']), detail: z.string().optional() })
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
export function standInTranscript(standIn: {
  jobName: string;
  gap: 'REFUSED' | 'FAILED' | 'OVERDUE';
  detail?: string;
}): string {
  const { jobName, gap, detail } = standIn;
  return JSON.stringify({
    jobName,
    status: 'FAILED',
    results: { transcripts: [{ transcript: '' }], items: [] },
    standIn: { gap, ...(detail && { detail }) },
  });
}

const JOB_PREFIX = 'vmx3_';

/** Job names carry the contact id, so that a job tells whose message it is. */
export function jobNameOf(contactId: string): string {
  return `${JOB_PREFIX}${contactId}`;
}

/** The contact a job belongs to, or undefined if the job is not ours. A re-drive's job ends in `_<n>`. */
export function contactIdOfJob(jobName: string): string | undefined {
  if (!jobName.startsWith(JOB_PREFIX)) return undefined;
  return jobName.slice(JOB_PREFIX.length).replace(/_\d+$/, '');
}
