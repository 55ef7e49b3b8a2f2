import * as z from 'zod/mini';
import { PermanentError } from './errors.ts';
import { IN_ENGLISH } from './in-english.ts';
import { contactIdOfKey } from './object-keys.ts';
import { type TaskEnd, taskEndSchema } from './task-end.ts';
import { contactIdOfJob } from './transcript.ts';
import { contactIdSchema, faultsOf } from './voicemail.ts';

/**
 * What the messages of the pipeline's queues hold, beside whole voicemails: an event of S3 or
 * Transcribe as EventBridge hands it on, or a push of our own for one voicemail.
 */
const objectCreatedSchema = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({ object: z.object({ key: z.string() }) }),
});

const jobFailedSchema = z.object({
  'detail-type': z.literal('Transcribe Job State Change'),
  detail: z.object({
    TranscriptionJobName: z.string(),
    TranscriptionJobStatus: z.literal('FAILED'),
    FailureReason: z.optional(z.string()),
  }),
});

/** None if the mail is not ours. */
const mailTagsSchema = z.catch(z.object({ 'contact-id': z.optional(z.tuple([contactIdSchema])) }), {});

const mailEventSchema = z.object({
  source: z.literal('aws.ses'),
  detail: z.object({
    eventType: z.enum(['Send', 'Bounce', 'Complaint', 'Reject', 'Rendering Failure']),
    mail: z.object({
      messageId: z.string(),
      tags: mailTagsSchema,
    }),
  }),
});

/** What happened to the mail of a voicemail, by SES's event. */
export interface MailEvent {
  readonly kind: z.infer<typeof mailEventSchema>['detail']['eventType'];
  /** Absent: another program sends with our configuration set. */
  readonly contactId?: string | undefined;
  readonly messageId: string;
}

const deliveryPushSchema = z.object({
  push: z.literal('deliver'),
  contactId: contactIdSchema,
  /** Why there is no recording, if there is none. */
  unrecordable: z.optional(z.enum(['NO_AUDIO', 'MALFORMED_MEDIA'])),
});

/** The end of a task. Only the function that delivers knows what it was the task of. */
const taskEndedSchema = z.extend(taskEndSchema, { push: z.literal('task-ended') });

/** Undefined if the message is something else. */
export function taskEndedIn(message: unknown): TaskEnd | undefined {
  const parsed = taskEndedSchema.safeParse(message).data;
  if (!parsed) return undefined;
  const { push: _, ...end } = parsed;
  return end;
}

/** Asks for the delivery of a voicemail with everything that exists of it. */
export type DeliveryPush = z.infer<typeof deliveryPushSchema>;

/** The key of the object in an S3 event, or in a push of the same shape. */
export function parseObjectCreated(message: unknown): string {
  return parse(objectCreatedSchema, message, 'an Object Created event').detail.object.key;
}

/** A push that replaces a lost S3 event. */
export function objectCreatedPush(key: string): z.infer<typeof objectCreatedSchema> {
  return { 'detail-type': 'Object Created', detail: { object: { key } } };
}

/** A job of Amazon Transcribe, and why it failed, in Transcribe's words. */
export interface FailedJob {
  readonly jobName: string;
  readonly reason?: string | undefined;
}

export function parseJobFailed(message: unknown): FailedJob {
  const { detail } = parse(jobFailedSchema, message, 'a failed job’s event');
  return { jobName: detail.TranscriptionJobName, reason: detail.FailureReason };
}

/** Undefined if the message is something else; then another parser reads it. */
export function deliveryPushIn(message: unknown): DeliveryPush | undefined {
  return deliveryPushSchema.safeParse(message).data;
}

/** Undefined if the message is something else; then another parser reads it. */
export function mailEventIn(message: unknown): MailEvent | undefined {
  const { detail } = mailEventSchema.safeParse(message).data ?? {};
  if (!detail) return undefined;
  const { eventType: kind, mail } = detail;
  return { kind, contactId: mail.tags['contact-id']?.[0], messageId: mail.messageId };
}

/**
 * Whose voicemail a queue message is about, as far as it is known: for the log of one that
 * failed. Never anything that is no contact id: the log takes nothing else from outside.
 */
export function contactIdIn(message: unknown): string | undefined {
  const carrier = contactCarrierSchema.safeParse(message).data;
  const { object, TranscriptionJobName: jobName, mail } = carrier?.detail ?? {};
  const ofObject = object && contactIdOfKey(object.key);
  const ofJob = jobName && contactIdOfJob(jobName);
  const found = carrier?.contactId ?? ofObject ?? ofJob ?? mail?.tags['contact-id']?.[0];
  return contactIdSchema.safeParse(found).data;
}

const contactCarrierSchema = z.object({
  contactId: z.optional(contactIdSchema),
  detail: z.optional(
    z.object({
      object: z.optional(z.object({ key: z.string() })),
      TranscriptionJobName: z.optional(z.string()),
      mail: z.catch(z.optional(z.object({ tags: mailTagsSchema })), undefined),
    }),
  ),
});

function parse<Shape>(schema: z.ZodMiniType<Shape>, message: unknown, what: string): Shape {
  const parsed = schema.safeParse(message, IN_ENGLISH);
  if (parsed.success) return parsed.data;
  throw new PermanentError('MALFORMED_EVENT', `not ${what}: ${faultsOf(parsed.error)}`);
}
