import { PermanentError, RetryableError } from '../domain/errors.ts';
import { DUE_AFTER_MS, type LedgerEntry } from '../domain/ledger.ts';
import type { DeliveryPush } from '../domain/messages.ts';
import { keysOf, parseKey, type VoicemailKeys } from '../domain/object-keys.ts';
import { fromRecordingMetadata } from '../domain/recording-metadata.ts';
import { taskFor, type Delivery, type Task } from '../domain/task.ts';
import { jobNameOf, type Transcript } from '../domain/transcript.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import { durationMsOf } from '../domain/wav.ts';
import { findRecipient, type FindRecipientPorts } from './find-recipient.ts';
import type { ClockPort, LedgerPorts } from './ports.ts';
import { IS_COMPLETE } from './save-recording.ts';

export interface DeliverVoicemailPorts
  extends
    ClockPort,
    FindRecipientPorts,
    Pick<LedgerPorts, 'findEntry' | 'moveEntry' | 'leaseDelivery' | 'releaseDelivery' | 'markCleanedUp'> {
  readonly findRecordingObject: (
    key: string,
  ) => Promise<{ metadata: Readonly<Record<string, string>>; sizeBytes: number } | undefined>;
  /** Undefined if there is no transcript object. */
  readonly findTranscript: (transcriptKey: string) => Promise<Transcript | undefined>;
  readonly linkFor: (contactId: string) => Promise<string>;
  /** Creates a task; asked again with the same contact it answers the same task. Answers its contact id. */
  readonly startTask: (task: Task, contactId: string) => Promise<string>;
  readonly deleteJob: (jobName: string) => Promise<void>;
  /** Sets `vmx3_flag` to `0`, so that the contact does not look like a new voicemail again. */
  readonly resetFlag: (contactId: string) => Promise<void>;
  readonly timeZone: string;
  /** Told of what went wrong without stopping the delivery. */
  readonly onSetback: (what: string, error: unknown) => void;
}

export interface DeliverOutcome {
  readonly kind: 'delivered' | 'delivered-unrecorded' | 'known';
  readonly contactId: string;
  /** When the caller hung up. */
  readonly endedAtMs: number;
}

/**
 * The last step: a voicemail reaches its recipient, once.
 *
 * Asked by the transcript's event or by a push. The lease in the ledger lets one
 * delivery run at a time, and the task's client token makes the same task of two
 * tries. Whatever is missing by now — transcript, link, recording — is left out
 * and said so. Throws RetryableError while another delivery holds the lease.
 */
export async function deliverVoicemail(
  request: { transcriptKey: string } | DeliveryPush,
  ports: DeliverVoicemailPorts,
): Promise<DeliverOutcome> {
  const contactId = 'contactId' in request ? request.contactId : parseKey(request.transcriptKey).contactId;
  const unrecordable = 'unrecordable' in request ? request.unrecordable : undefined;

  const entry = (await ports.findEntry(contactId)) ?? (await entryFromObjects(request, ports));
  if (entry.deliveredAs) {
    await cleanUp(entry, ports);
    return { kind: 'known', contactId, endedAtMs: entry.voicemail.endedAtMs };
  }
  const nowMs = ports.now();
  const untilMs = nowMs + DUE_AFTER_MS.deliveryLease;
  if (!(await ports.leaseDelivery({ contactId, nowMs, untilMs }))) {
    throw new RetryableError('NOT_READY', 'another delivery of this voicemail is under way');
  }

  const deliveredId = await createTask(entry, unrecordable !== undefined, ports);
  await ports.moveEntry({
    contactId,
    from: ['delivering'],
    to: unrecordable ? 'parked' : 'delivered',
    changes: { deliveredAs: 'task', deliveredId, ...(unrecordable && { failureCode: unrecordable }) },
  });
  await cleanUp(entry, ports);
  const kind = unrecordable ? 'delivered-unrecorded' : 'delivered';
  return { kind, contactId, endedAtMs: entry.voicemail.endedAtMs };
}

/** A voicemail that the ledger does not know is made known from its recording. */
async function entryFromObjects(
  request: { transcriptKey: string } | DeliveryPush,
  ports: DeliverVoicemailPorts,
): Promise<LedgerEntry> {
  const keys = 'transcriptKey' in request ? parseKey(request.transcriptKey) : undefined;
  const object = keys && (await ports.findRecordingObject(keys.recordingKey));
  if (!keys || !object) {
    throw new PermanentError('MALFORMED_EVENT', 'neither ledger nor recording knows this voicemail');
  }
  const { contactId, recordingKey } = keys;
  const voicemail = fromRecordingMetadata(object.metadata);
  const dueAtMs = ports.now() + DUE_AFTER_MS.deliveryLease;
  const changes = { voicemail, recordingKey };
  await ports.moveEntry({ contactId, from: [], to: 'transcribing', dueAtMs, changes });
  return { contactId, state: 'transcribing', attempts: 0, voicemail };
}

/** On failure the lease is given back, so that the next try need not wait for it to run out. */
async function createTask(
  entry: LedgerEntry,
  isUnrecordable: boolean,
  ports: DeliverVoicemailPorts,
): Promise<string> {
  try {
    return await ports.startTask(taskFor(await prepare(entry, isUnrecordable, ports)), entry.contactId);
  } catch (error) {
    await ports
      .releaseDelivery(entry.contactId)
      .catch((releaseError: unknown) => ports.onSetback('the lease was not given back', releaseError));
    throw error;
  }
}

/** Gathers what there is. Only what is worth trying again is thrown. */
async function prepare(
  { voicemail }: LedgerEntry,
  isUnrecordable: boolean,
  ports: DeliverVoicemailPorts,
): Promise<Delivery> {
  const { recipient, notes } = await findRecipient(voicemail, ports);
  const basis = { voicemail, recipient, timeZone: ports.timeZone };
  const object = isUnrecordable ? undefined : await ports.findRecordingObject(keysOf(voicemail).recordingKey);
  if (!object) return { ...basis, notes };

  const link = await linkOf(voicemail, ports);
  return {
    ...basis,
    recording: {
      durationMs: durationMsOf(object.sizeBytes),
      isComplete: object.metadata[IS_COMPLETE] !== 'false',
    },
    transcript: await transcriptOf(keysOf(voicemail), ports),
    linkUrl: link.url,
    notes: [...notes, ...link.notes],
  };
}

async function linkOf({ contactId }: Voicemail, ports: DeliverVoicemailPorts) {
  try {
    return { url: await ports.linkFor(contactId), notes: [] };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    ports.onSetback('no link could be made', error);
    return {
      url: undefined,
      notes: ['No link to the recording could be made. Please tell an administrator.'],
    };
  }
}

async function transcriptOf({ transcriptKey }: VoicemailKeys, ports: DeliverVoicemailPorts) {
  try {
    return await ports.findTranscript(transcriptKey);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    ports.onSetback('the transcript could not be read', error);
    return { kind: 'gap', gap: 'UNREADABLE' } as const;
  }
}

/**
 * Job and flag, after delivery. Done again by a later message if it fails with
 * something that may pass; a job that cannot be deleted goes by itself after 90 days.
 */
async function cleanUp(
  { contactId, cleanedUpAtMs }: LedgerEntry,
  ports: DeliverVoicemailPorts,
): Promise<void> {
  if (cleanedUpAtMs !== undefined) return;
  await unlessRefused('the transcription job was not deleted', ports.deleteJob(jobNameOf(contactId)), ports);
  await unlessRefused('vmx3_flag was not reset', ports.resetFlag(contactId), ports);
  await ports.markCleanedUp(contactId, ports.now());
}

async function unlessRefused(what: string, work: Promise<void>, ports: DeliverVoicemailPorts): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    ports.onSetback(what, error);
  }
}
