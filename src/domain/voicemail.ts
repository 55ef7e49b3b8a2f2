import * as z from 'zod/mini';
import { PermanentError } from './errors.ts';
import { IN_ENGLISH } from './in-english.ts';

/**
 * A contact id that is safe in object keys, job names and links. Amazon Connect's ids are UUIDs; a text with
 * other characters is not one of them.
 */
export const contactIdSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9-]{1,128}$/, 'must be 1 to 128 letters, digits and hyphens'));

/** Where the audio of a voicemail is. */
export const RECORDING_KINDS = ['kvs', 's3'] as const;

const kvsRecordingSchema = z.object({
  /** Queue messages from before there was another kind have none. */
  kind: z.prefault(z.literal('kvs'), 'kvs'),
  streamArn: z.string(),
  fragmentStartNumber: z.string(),
  fragmentStopNumber: z.string(),
  startMs: z.number(),
  stopMs: z.number(),
});

const ivrRecordingSchema = z.object({
  kind: z.literal('s3'),
  bucket: z.string().check(z.minLength(1)),
  key: z.string().check(z.minLength(1)),
  startMs: z.optional(z.number()),
  stopMs: z.optional(z.number()),
  isDeleted: z.optional(z.literal(true)),
});

/**
 * What a caller left, as the pipeline knows it: in the ledger and in the
 * queue messages between steps. Times are milliseconds since the epoch.
 */
const knownSchema = z.object({
  contactId: contactIdSchema,
  instanceArn: z.string().check(z.minLength(1)),
  calledAtMs: z.number(),
  endedAtMs: z.number(),
  /** The caller's number, unchanged: see `callerNumber`. Absent if there is none. */
  from: z.optional(z.string()),
  /** The ARN of the queue, or agent queue, it was left for; absent if unknown. */
  queueArn: z.optional(z.string()),
  /** A language code, as the flow wrote it, or `auto`. */
  language: z.string().check(z.minLength(1)),
  /** The value of `vmx3_mode`, unchecked. */
  mode: z.optional(z.string()),
  /** Absent if the contact was flagged but nothing was recorded. */
  recording: z.optional(z.union([kvsRecordingSchema, ivrRecordingSchema])),
  /** Where the message is as well: read if `recording` cannot be. */
  secondRecording: z.optional(ivrRecordingSchema),
  /** Every contact attribute, ours and the customer's. */
  attributes: z.record(z.string(), z.string()),
  /** Set for one that `vmx` sends to see whether the stack works. No caller waits for it, and nothing counts it. */
  isTest: z.optional(z.boolean()),
});

export type Voicemail = z.infer<typeof knownSchema>;

/** Members of a later version stay, so that they are not lost when the voicemail is written again. */
export const voicemailSchema: z.ZodMiniType<Voicemail> = z.looseObject({
  ...knownSchema.shape,
  recording: z.optional(
    z.union([z.looseObject(kvsRecordingSchema.shape), z.looseObject(ivrRecordingSchema.shape)]),
  ),
  secondRecording: z.optional(z.looseObject(ivrRecordingSchema.shape)),
});

/** Returns `voicemail` with the members of `before` that this version does not know and `voicemail` lacks. */
export function withUnknownMembers(voicemail: Voicemail, before: Voicemail | undefined): Voicemail {
  const unknown = Object.entries(before ?? {}).filter(([name]) => !Object.hasOwn(knownSchema.shape, name));
  return { ...Object.fromEntries(unknown), ...voicemail };
}

/**
 * The voicemail with the recordings that an earlier contact record named, where its own names none: Amazon Connect sends
 * a record again when it knows more.
 */
export function withKnownRecordings(voicemail: Voicemail, known: Voicemail | undefined): Voicemail {
  if (!known || recordingCount(voicemail) >= recordingCount(known)) return voicemail;
  const { recording, secondRecording } = known;
  return { ...voicemail, recording, ...(secondRecording && { secondRecording }) };
}

/** In how many places the message is. */
export function recordingCount({ recording, secondRecording }: Voicemail): number {
  return (recording ? 1 : 0) + (secondRecording ? 1 : 0);
}

/** Throws PermanentError MALFORMED_EVENT, which names the wrong members, never their values. */
export function parseVoicemail(value: unknown): Voicemail {
  const parsed = voicemailSchema.safeParse(value, IN_ENGLISH);
  if (parsed.success) return parsed.data;
  throw new PermanentError('MALFORMED_EVENT', `not a voicemail: ${faultsOf(parsed.error)}`);
}

/** Members in which the author of the contact flow chooses the names. */
const NAMED_BY_OTHERS = /^attributes$/i;

/**
 * Which members are wrong and how, without their values and without the names of contact attributes: safe
 * for a log.
 */
export function faultsOf(error: z.core.$ZodError): string {
  const faults = error.issues.map(({ path, message }) => {
    const names = path.map((name, index) => (NAMED_BY_OTHERS.test(String(path[index - 1])) ? '*' : name));
    return `${names.join('.') || 'value'} ${message}`;
  });
  return [...new Set(faults)].join('; ');
}
