import * as z from 'zod/mini';
import { attributeOf } from './contact-attributes.ts';
import { PermanentError } from './errors.ts';
import { judgeFlagged, type PassedOver } from './flagged-contact.ts';
import { IN_ENGLISH } from './in-english.ts';
import { parseJson } from './json.ts';
import { messageStartMs } from './audio/message-start.ts';
import { findRecordings, type RecordingElement } from './audio/recordings.ts';
import { type TaskEnd, taskEndIn } from './task-end.ts';
import { contactIdSchema, faultsOf, type Voicemail } from './voicemail.ts';

const time = z.pipe(
  z.iso.datetime(),
  z.transform((text) => Date.parse(text)),
);
const text = z.nullish(z.string());
/** A time. An invalid one counts as absent: there is always another one to use. */
const timeIfAny = z.catch(z.nullish(time), undefined);
/** A text that only helps to decide: any other value counts as absent. */
const textIfAny = z.catch(text, undefined);

const recordingSchema = z.object({
  StorageType: text,
  Location: text,
  ParticipantType: text,
  FragmentStartNumber: text,
  FragmentStopNumber: text,
  StartTimestamp: timeIfAny,
  StopTimestamp: timeIfAny,
  Status: textIfAny,
  MediaStreamType: textIfAny,
});

/**
 * The members of an Amazon Connect contact record that make a voicemail. Other members are not checked; an
 * absent one, `null` and an empty one mean the same.
 *
 * Source: Amazon Connect administrator guide, "Data model for contact records".
 */
const contactRecordSchema = z.object({
  ContactId: contactIdSchema,
  InstanceARN: z.string().check(z.minLength(1)),
  Channel: z.string(),
  Agent: z.nullish(z.record(z.string(), z.unknown())),
  Attributes: z.nullish(z.record(z.string(), z.string())),
  CustomerEndpoint: z.nullish(z.object({ Address: text })),
  Queue: z.nullish(z.object({ ARN: text })),
  DisconnectReason: textIfAny,
  InitiationMethod: textIfAny,
  InitiationTimestamp: time,
  ConnectedToSystemTimestamp: timeIfAny,
  DisconnectTimestamp: timeIfAny,
  Recordings: z.nullish(z.array(recordingSchema)),
  InitialContactId: textIfAny,
  PreviousContactId: textIfAny,
  NextContactId: textIfAny,
  RelatedContactId: textIfAny,
});

type ContactRecord = z.infer<typeof contactRecordSchema>;

/**
 * Amazon Connect allows 32 KB of attributes, some of which are stored twice; the ledger's limit is 400 KB.
 * Source: DynamoDB developer guide, "Quotas", item size.
 */
const MOST_BYTES = 350_000;

/** The defaults if the flow did not set a value. */
export interface VoicemailDefaults {
  /** The instance this deployment is for: records of others on the same stream are not ours. */
  readonly instanceArn: string;
  readonly language: string;
}

/**
 * The result of reading a contact record. Undefined: a contact without flag that is no task of a voicemail, or a
 * contact of another instance.
 */
export type Finding =
  | {
      readonly kind: 'voicemail';
      readonly voicemail: Voicemail;
      /**
       * Contacts of the same chain to which the message may belong instead; none if it certainly belongs to
       * this one.
       */
      readonly mayBeOf: readonly string[];
    }
  | {
      readonly kind: 'passed-over';
      readonly contactId: string;
      readonly reason: PassedOver;
      /** Safe for a log. */
      readonly initiationMethod: string;
    }
  | { readonly kind: 'task-ended'; readonly end: TaskEnd }
  | undefined;

/**
 * Reads a contact record, and decides whether it is a voicemail.
 *
 * `json` is one Kinesis record. A voicemail is a voice contact of our instance whose flow set `vmx3_flag` to
 * `1`, that no agent took, and that can hold a message by `judgeFlagged`. A call from outside counts even if
 * nothing was recorded: the caller believes that they left a message. A task is never a voicemail, although it
 * has the call's attributes.
 *
 * Throws PermanentError MALFORMED_EVENT, which names members but no values.
 */
export function readContactRecord(json: string, defaults: VoicemailDefaults): Finding {
  const record = parseContactRecord(json);
  const attributes = record.Attributes ?? {};
  if (record.InstanceARN !== defaults.instanceArn) return undefined;
  if (record.Channel === 'TASK') {
    const end = taskEndIn(record);
    return end && { kind: 'task-ended', end };
  }
  if (record.Channel !== 'VOICE' || attributeOf(attributes, 'vmx3_flag') !== '1') return undefined;
  if (Object.keys(record.Agent ?? {}).length > 0) return passedOver(record, 'TAKEN_BY_AGENT');

  const calledAtMs = record.InitiationTimestamp;
  const endedAtMs = record.DisconnectTimestamp ?? calledAtMs;
  const judged = judgeFlagged({
    initiationMethod: record.InitiationMethod || undefined,
    initiatedAtMs: calledAtMs,
    isAnswered: typeof record.ConnectedToSystemTimestamp === 'number',
    messageStartMs: messageStartMs(attributeOf(attributes, 'vmx3_timestamp') ?? ''),
    recordings: (record.Recordings ?? []).map((one) => recordingElement(one, { calledAtMs, endedAtMs })),
  });
  if (!judged.isVoicemail) return passedOver(record, judged.reason);
  const voicemail = withinReason({
    contactId: record.ContactId,
    instanceArn: record.InstanceARN,
    calledAtMs,
    endedAtMs,
    from:
      [attributeOf(attributes, 'vmx3_from'), record.CustomerEndpoint?.Address].find(isVisible) ?? undefined,
    queueArn: attributeOf(attributes, 'vmx3_queue_arn')?.trim() || record.Queue?.ARN || undefined,
    language: attributeOf(attributes, 'vmx3_lang')?.trim() || defaults.language,
    mode: attributeOf(attributes, 'vmx3_mode') || undefined,
    ...findRecordings(judged.recordings),
    attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== '')),
  });
  return { kind: 'voicemail', voicemail, mayBeOf: judged.isCertain ? [] : linkedContactIds(record) };
}

function passedOver({ ContactId: contactId, InitiationMethod }: ContactRecord, reason: PassedOver): Finding {
  const method = InitiationMethod ?? '';
  const initiationMethod = LOGGABLE_METHOD.test(method) ? method : 'unknown';
  return { kind: 'passed-over', contactId, reason, initiationMethod };
}

/** As Amazon Connect writes them. */
const LOGGABLE_METHOD = /^[A-Z_]{1,64}$/;

function linkedContactIds(record: ContactRecord): readonly string[] {
  const { ContactId, InitialContactId, PreviousContactId, NextContactId, RelatedContactId } = record;
  const ids = [PreviousContactId, InitialContactId, NextContactId, RelatedContactId].flatMap(
    (id) => contactIdSchema.safeParse(id).data ?? [],
  );
  return [...new Set(ids)].filter((id) => id !== ContactId);
}

/** An attribute without a value can contain spaces, or invisible marks. */
function isVisible(from: string | null | undefined): boolean {
  return /[^\p{Z}\p{C}]/u.test(from ?? '');
}

/**
 * The contact of a record, if it can be read: for the log of a failed record. Never a text that is not a
 * contact id.
 */
export function contactIdInRecord(json: string): string | undefined {
  try {
    return z.object({ ContactId: contactIdSchema }).safeParse(parseJson(json)).data?.ContactId;
  } catch {
    return undefined;
  }
}

/** A record that is too large to write would be retried for a day, and block all records after it. */
function withinReason(voicemail: Voicemail): Voicemail {
  if (Buffer.byteLength(JSON.stringify(voicemail)) <= MOST_BYTES) return voicemail;
  throw new PermanentError('MALFORMED_EVENT', `not a contact record: larger than ${MOST_BYTES} bytes`);
}

function parseContactRecord(json: string): ContactRecord {
  const parsed = contactRecordSchema.safeParse(parseJson(json), IN_ENGLISH);
  if (parsed.success) return parsed.data;
  throw new PermanentError('MALFORMED_EVENT', `not a contact record: ${faultsOf(parsed.error)}`);
}

/** A recording without times lies within the call. */
function recordingElement(
  recording: z.infer<typeof recordingSchema>,
  call: { calledAtMs: number; endedAtMs: number },
): RecordingElement {
  return {
    storageType: recording.StorageType ?? '',
    location: recording.Location ?? '',
    participantType: recording.ParticipantType ?? undefined,
    fragmentStartNumber: recording.FragmentStartNumber ?? undefined,
    fragmentStopNumber: recording.FragmentStopNumber ?? undefined,
    startMs: recording.StartTimestamp ?? call.calledAtMs,
    stopMs: recording.StopTimestamp ?? call.endedAtMs,
    status: recording.Status ?? undefined,
    mediaStreamType: recording.MediaStreamType ?? undefined,
  };
}
