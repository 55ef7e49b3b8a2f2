import * as z from 'zod';
import { PermanentError } from './errors.ts';

/**
 * A contact id as object keys, job names and links can hold it. Amazon Connect
 * gives UUIDs; anything with other characters in it is not from there.
 */
export const contactIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,128}$/, 'must be 1 to 128 letters, digits and hyphens');

/** Where the audio of a voicemail is. */
export const RECORDING_KINDS = ['kvs', 's3'] as const;

const kvsRecordingSchema = z.object({
  /** Queue messages from before there was another kind have none. */
  kind: z.literal('kvs').default('kvs'),
  streamArn: z.string(),
  fragmentStartNumber: z.string(),
  fragmentStopNumber: z.string(),
  startMs: z.number(),
  stopMs: z.number(),
});

const ivrRecordingSchema = z.object({
  kind: z.literal('s3'),
  bucket: z.string().min(1),
  key: z.string().min(1),
  startMs: z.number().optional(),
  stopMs: z.number().optional(),
});

/**
 * What a caller left, as the pipeline knows it: in the ledger and in the
 * queue messages between steps. Times are milliseconds since the epoch.
 */
const knownSchema = z.object({
  contactId: contactIdSchema,
  instanceArn: z.string().min(1),
  calledAtMs: z.number(),
  endedAtMs: z.number(),
  /** Who called, as it came: see `callerNumber`. Absent when nothing came. */
  from: z.string().optional(),
  /** The queue, or agent queue, it was left for; absent when nothing says. */
  queueArn: z.string().optional(),
  /** A language code, as the flow wrote it, or `auto`. */
  language: z.string().min(1),
  /** What `vmx3_mode` asked for, unchecked. */
  mode: z.string().optional(),
  /** Absent when the contact was flagged but nothing was recorded. */
  recording: z.union([kvsRecordingSchema, ivrRecordingSchema]).optional(),
  /** Every contact attribute, ours and the customer's. */
  attributes: z.record(z.string(), z.string()),
});

export type Voicemail = z.infer<typeof knownSchema>;

/** What a later version has added stays in, so that it is still there where the voicemail is written on. */
export const voicemailSchema: z.ZodType<Voicemail> = knownSchema
  .extend({ recording: z.union([kvsRecordingSchema.loose(), ivrRecordingSchema.loose()]).optional() })
  .loose();

/** `voicemail` with those members of `before` that this version does not know, and that it does not have itself. */
export function withUnknownMembers(voicemail: Voicemail, before: Voicemail | undefined): Voicemail {
  const unknown = Object.entries(before ?? {}).filter(([name]) => !Object.hasOwn(knownSchema.shape, name));
  return { ...Object.fromEntries(unknown), ...voicemail };
}

/** Throws PermanentError MALFORMED_EVENT naming the members that are wrong, never their values. */
export function parseVoicemail(value: unknown): Voicemail {
  const parsed = voicemailSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PermanentError('MALFORMED_EVENT', `not a voicemail: ${faultsOf(parsed.error)}`);
}

/** Members whose members are named by the author of the contact flow, and not by us or AWS. */
const NAMED_BY_OTHERS = /^attributes$/i;

/** Which members are wrong and how, without their values and without the names of contact attributes: fit for a log. */
export function faultsOf(error: z.ZodError): string {
  const faults = error.issues.map(({ path, message }) => {
    const names = path.map((name, index) => (NAMED_BY_OTHERS.test(String(path[index - 1])) ? '*' : name));
    return `${names.join('.') || 'value'} ${message}`;
  });
  return [...new Set(faults)].join('; ');
}
