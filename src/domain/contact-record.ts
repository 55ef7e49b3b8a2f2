import * as z from 'zod';
import { PermanentError } from './errors.ts';
import { parseJson } from './json.ts';
import { findRecording, type RecordingElement } from './recordings.ts';
import { contactIdSchema, faultsOf, type Voicemail } from './voicemail.ts';

const time = z.iso.datetime().transform((text) => Date.parse(text));
const text = z.string().nullish();

const recordingSchema = z.object({
  StorageType: text,
  Location: text,
  ParticipantType: text,
  FragmentStartNumber: text,
  FragmentStopNumber: text,
  StartTimestamp: time.nullish(),
  StopTimestamp: time.nullish(),
});

/**
 * As much of an Amazon Connect contact record as makes a voicemail. Members we do
 * not use are not looked at; an absent one, `null` and an empty one mean the same.
 *
 * Source: Amazon Connect administrator guide, "Data model for contact records".
 */
const contactRecordSchema = z.object({
  ContactId: contactIdSchema,
  InstanceARN: z.string().min(1),
  Channel: z.string(),
  Agent: z.object({}).nullish(),
  Attributes: z.record(z.string(), z.string()).nullish(),
  CustomerEndpoint: z.object({ Address: text }).nullish(),
  Queue: z.object({ ARN: text }).nullish(),
  InitiationTimestamp: time,
  DisconnectTimestamp: time.nullish(),
  Recordings: z.array(recordingSchema).nullish(),
});

type ContactRecord = z.infer<typeof contactRecordSchema>;

/** What to take where the flow did not say. */
export interface VoicemailDefaults {
  /** The instance this deployment is for: records of others on the same stream are not ours. */
  readonly instanceArn: string;
  readonly language: string;
}

/**
 * The voicemail in a contact record, or undefined if it is some other contact.
 *
 * `json` is one Kinesis record. A voicemail is a voice contact of our instance
 * whose flow set `vmx3_flag` to `1` and that no agent took. It counts even if
 * nothing was recorded: the caller believes to have left a message.
 *
 * Throws PermanentError MALFORMED_EVENT, naming members but no values.
 */
export function findVoicemail(json: string, defaults: VoicemailDefaults): Voicemail | undefined {
  const record = parseContactRecord(json);
  const attributes = record.Attributes ?? {};
  if (record.Channel !== 'VOICE' || record.Agent || attributes['vmx3_flag'] !== '1') return undefined;
  if (record.InstanceARN !== defaults.instanceArn) return undefined;

  return {
    contactId: record.ContactId,
    instanceArn: record.InstanceARN,
    calledAtMs: record.InitiationTimestamp,
    endedAtMs: record.DisconnectTimestamp ?? record.InitiationTimestamp,
    from: attributes['vmx3_from'] || record.CustomerEndpoint?.Address || undefined,
    queueArn: attributes['vmx3_queue_arn'] || record.Queue?.ARN || undefined,
    language: attributes['vmx3_lang'] || defaults.language,
    mode: attributes['vmx3_mode'] || undefined,
    recording: findRecording((record.Recordings ?? []).map(recordingElement)),
    attributes,
  };
}

function parseContactRecord(json: string): ContactRecord {
  const parsed = contactRecordSchema.safeParse(parseJson(json));
  if (parsed.success) return parsed.data;
  throw new PermanentError('MALFORMED_EVENT', `not a contact record: ${faultsOf(parsed.error)}`);
}

function recordingElement(recording: z.infer<typeof recordingSchema>): RecordingElement {
  return {
    storageType: recording.StorageType ?? '',
    location: recording.Location ?? '',
    participantType: recording.ParticipantType ?? undefined,
    fragmentStartNumber: recording.FragmentStartNumber ?? undefined,
    fragmentStopNumber: recording.FragmentStopNumber ?? undefined,
    startMs: recording.StartTimestamp ?? undefined,
    stopMs: recording.StopTimestamp ?? undefined,
  };
}
