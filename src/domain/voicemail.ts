import * as z from 'zod';
import { PermanentError } from './errors.ts';

/**
 * A contact id that is safe in object keys, job names and links. Amazon Connect's ids are UUIDs; a text with
 * other characters is not one of them.
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
  /** The caller's number, unchanged: see `callerNumber`. Absent if there is none. */
  from: z.string().optional(),
  /** The ARN of the queue, or agent queue, it was left for; absent if unknown. */
  queueArn: z.string().optional(),
  /** A language code, as the flow wrote it, or `auto`. */
  language: z.string().min(1),
  /** The value of `vmx3_mode`, unchecked. */
  mode: z.string().optional(),
  /** Absent if the contact was flagged but nothing was recorded. */
  recording: z.union([kvsRecordingSchema, ivrRecordingSchema]).optional(),
  /** Every contact attribute, ours and the customer's. */
  attributes: z.record(z.string(), z.string()),
});

export type Voicemail = z.infer<typeof knownSchema>;

/** Members of a later version stay, so that they are not lost when the voicemail is written again. */
export const voicemailSchema: z.ZodType<Voicemail> = knownSchema
  .extend({ recording: z.union([kvsRecordingSchema.loose(), ivrRecordingSchema.loose()]).optional() })
  .loose();

/** Returns `voicemail` with the members of `before` that this version does not know and `voicemail` lacks. */
export function withUnknownMembers(voicemail: Voicemail, before: Voicemail | undefined): Voicemail {
  const unknown = Object.entries(before ?? {}).filter(([name]) => !Object.hasOwn(knownSchema.shape, name));
  return { ...Object.fromEntries(unknown), ...voicemail };
}

/** Throws PermanentError MALFORMED_EVENT, which names the wrong members, never their values. */
export function parseVoicemail(value: unknown): Voicemail {
  const parsed = voicemailSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PermanentError('MALFORMED_EVENT', `not a voicemail: ${faultsOf(parsed.error)}`);
}

/** Members in which the author of the contact flow chooses the names. */
const NAMED_BY_OTHERS = /^attributes$/i;

/**
 * Which members are wrong and how, without their values and without the names of contact attributes: safe
 * for a log.
 */
export function faultsOf(error: z.ZodError): string {
  const faults = error.issues.map(({ path, message }) => {
    const names = path.map((name, index) => (NAMED_BY_OTHERS.test(String(path[index - 1])) ? '*' : name));
    return `${names.join('.') || 'value'} ${message}`;
  });
  return [...new Set(faults)].join('; ');
}
