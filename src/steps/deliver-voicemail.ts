import {
  type DeliveryMode,
  type TaskMode,
  mailFirst,
  type Way,
  waysToDeliver,
} from '../domain/delivery-mode.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { MAYBE_MAILED } from '../domain/in-words.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { DELIVERY_LEASE_MS, DUE_AFTER_MS, knownRecording } from '../domain/ledger.ts';
import type { DeliveryPush } from '../domain/queue-messages.ts';
import { keysIn, keysOf, type VoicemailKeys } from '../domain/object-keys.ts';
import { type Recording, voicemailAt } from '../domain/recording-metadata.ts';
import { recipientInWords } from '../domain/recipient.ts';
import { type Delivery, type VoicemailToMail, withNotes } from '../domain/delivery.ts';
import { taskFor, type Task } from '../domain/task.ts';
import { cleanUp, type CleaningUpPorts } from './clean-up.ts';
import type { MailedVoicemail } from './email-voicemail.ts';
import type { LedgerPorts } from './ports.ts';
import { type GatheringPorts, prepareDelivery } from './prepare-delivery.ts';

export interface TaskTarget {
  readonly contactId: string;
  readonly flowId: string;
  /** After which time Amazon Connect ends the task. */
  readonly lifeMs: number;
  /** Whether this is the second task of the voicemail. */
  readonly hasComeBack: boolean;
}

/** Then: delivers it, in one of several ways. */
interface BringingPorts {
  /**
   * Creates a task that enters the flow, and returns its contact id. A second call with the same contact
   * returns the same task, with any flow; after the voicemail came back, it is another task. Throws
   * PermanentError if the flow is gone.
   */
  readonly startTask: (task: Task, target: TaskTarget) => Promise<string>;
  /** How long a task waits, at most. */
  readonly taskLifeMs: number;
  /** How long recordings are kept. */
  readonly retentionMs: number;
  /** Sends it by email, see `emailVoicemail`. Absent: email is not set up. */
  readonly mail?: ((voicemail: VoicemailToMail) => Promise<MailedVoicemail>) | undefined;
  readonly defaultMode: DeliveryMode;
  readonly flowIds: Readonly<Record<TaskMode, string>>;
  /** Called for a voicemail that could not be mailed and is delivered in another way. */
  readonly onMailFailed: (contactId: string, error: PermanentError) => void;
}

export interface DeliverVoicemailPorts
  extends
    GatheringPorts,
    BringingPorts,
    CleaningUpPorts,
    Pick<LedgerPorts, 'findEntry' | 'moveEntry' | 'leaseDelivery' | 'releaseDelivery'> {
  /** Called once something is delivered, before the clean-up. */
  readonly onDelivered: (outcome: DeliverOutcome) => void;
}

/** The event of a transcript, or a push. */
export type DeliveryRequest = { readonly transcriptKey: string } | DeliveryPush;

export interface DeliverOutcome {
  readonly kind: 'delivered' | 'delivered-unrecorded' | 'known';
  readonly contactId: string;
  /** Absent if it was delivered before. */
  readonly deliveredAs?: DeliveryMode;
  /** Whether it was delivered before, as a task that nobody took. */
  readonly hasComeBack: boolean;
  /** When the caller hung up. */
  readonly endedAtMs: number;
}

/**
 * The last step: delivers a voicemail to its recipient, once.
 *
 * Runs for the transcript's event or for a push. The lease in the ledger lets one delivery run at a time.
 * The task's client token makes the same task of two tries; mails have no token, see `emailVoicemail`.
 * Missing parts — transcript, link, recording — are left out, with a note. Throws RetryableError while
 * another delivery holds the lease.
 *
 * A voicemail that ended as blank is not delivered for its transcript, but it is for a push: only an
 * operator sends one, to deliver it anyway.
 *
 * A transcript is `not-ours`, and left alone, if its key is not the key of the contact's transcript, by the
 * ledger or by the recording's metadata.
 */
export async function deliverVoicemail(
  request: DeliveryRequest,
  ports: DeliverVoicemailPorts,
): Promise<DeliverOutcome | NotOurs> {
  const keys = 'transcriptKey' in request ? keysIn(request.transcriptKey) : undefined;
  const contactId = 'contactId' in request ? request.contactId : keys?.contactId;
  if (contactId === undefined) return NOT_OURS;
  const unrecordable = 'unrecordable' in request ? request.unrecordable : undefined;

  const entry = (await ports.findEntry(contactId)) ?? (await entryFromObjects(keys, ports));
  if (!entry) return NOT_OURS;
  if ('transcriptKey' in request && request.transcriptKey !== keysOf(entry.voicemail).transcriptKey)
    return NOT_OURS;
  const { endedAtMs } = entry.voicemail;
  const hasComeBack = entry.returnedAtMs !== undefined;
  const known: DeliverOutcome = { kind: 'known', contactId, hasComeBack, endedAtMs };
  if (entry.deliveredAs) {
    await cleanUp(entry, ports);
    return known;
  }
  if (entry.state === 'blank' && 'transcriptKey' in request) return known;
  const recording = await recordingOf(entry, unrecordable, ports);
  // A second try recorded it: it goes through transcription.
  if (recording && unrecordable) return known;

  await lease(contactId, ports);
  const { deliveredAs, deliveredId, delivery } = await bring(entry, recording, ports);
  await ports.moveEntry({
    contactId,
    from: ['delivering', 'parked'],
    to: recording ? 'delivered' : 'parked',
    changes: {
      deliveredAs,
      deliveredId,
      recipientName: recipientInWords(delivery.recipient),
      timeZone: delivery.timeZone,
      notes: delivery.notes,
      ...(!recording && { failureCode: unrecordable ?? 'NO_AUDIO' }),
    },
  });
  const kind = recording ? 'delivered' : 'delivered-unrecorded';
  const outcome: DeliverOutcome = { ...known, kind, deliveredAs };
  ports.onDelivered(outcome);
  await cleanUp(entry, ports);
  return outcome;
}

export interface NotOurs {
  readonly kind: 'not-ours';
}

const NOT_OURS: NotOurs = { kind: 'not-ours' };

interface Delivered {
  readonly deliveredAs: DeliveryMode;
  readonly deliveredId: string;
  /** The delivery, with the notes for the recipient. */
  readonly delivery: Delivery;
}

async function lease(contactId: string, ports: DeliverVoicemailPorts): Promise<void> {
  const nowMs = ports.now();
  const isLeased = await ports.leaseDelivery({
    contactId,
    nowMs,
    untilMs: nowMs + DELIVERY_LEASE_MS,
    dueAtMs: nowMs + DUE_AFTER_MS.delivery,
  });
  if (!isLeased) throw new RetryableError('NOT_READY', 'another delivery of this voicemail is under way');
}

/**
 * A voicemail that is not in the ledger is entered from its recording. Undefined if that is not ours.
 * `keys`: those of a transcript; absent for a push.
 */
async function entryFromObjects(
  keys: VoicemailKeys | undefined,
  ports: DeliverVoicemailPorts,
): Promise<LedgerEntry | undefined> {
  if (!keys) throw new PermanentError('MALFORMED_EVENT', 'the ledger does not know this voicemail');
  const { contactId, recordingKey } = keys;
  const voicemail = voicemailAt(recordingKey, await ports.findRecordingObject(recordingKey));
  if (!voicemail) return undefined;
  const dueAtMs = ports.now() + DUE_AFTER_MS.delivery;
  const changes = { voicemail, recordingKey };
  await ports.moveEntry({ contactId, from: [], to: 'transcribing', dueAtMs, changes });
  return { contactId, state: 'transcribing', attempts: 0, voicemail };
}

/** A voicemail on its way was recorded within the day: the ledger knows of it what the bucket would say. */
async function recordingOf(
  entry: LedgerEntry,
  unrecordable: DeliveryPush['unrecordable'],
  ports: DeliverVoicemailPorts,
): Promise<Recording | undefined> {
  const known = unrecordable ? undefined : knownRecording(entry, ['transcribing', 'delivering']);
  return known ?? (await ports.findRecordingObject(keysOf(entry.voicemail).recordingKey));
}

/** After a failure the lease is given back, so that the next try need not wait until it expires. */
async function bring(
  entry: LedgerEntry,
  recording: Recording | undefined,
  ports: DeliverVoicemailPorts,
): Promise<Delivered> {
  const { contactId } = entry;
  try {
    const delivery = await prepareDelivery(entry, recording, ports);
    const mail = { delivery, mailing: entry.mailing, hasComeBack: entry.returnedAtMs !== undefined };
    const modes = { ...ports, hasEmail: ports.mail !== undefined };
    const ways = waysToDeliver(entry.voicemail, modes);
    // A voicemail that may have been mailed does not become a task before that is known, and the task then says so.
    return await bringBy(entry.mailing ? mailFirst(ways) : ways, mail, ports);
  } catch (error) {
    await ports
      .releaseDelivery(contactId)
      .catch((releaseError: unknown) =>
        ports.setback('the lease was not given back', { contactId, error: releaseError }),
      );
    throw error;
  }
}

/** Uses the first way that works; throws the error of the last one. */
async function bringBy(
  [way, ...others]: readonly [Way, ...Way[]],
  mail: VoicemailToMail,
  ports: DeliverVoicemailPorts,
): Promise<Delivered> {
  try {
    return await bringOneWay(way, mail, ports);
  } catch (error) {
    const [next, ...rest] = others;
    if (!(error instanceof PermanentError) || !next) throw error;
    const { contactId } = mail.delivery.voicemail;
    if (way.mode === 'email') {
      ports.onMailFailed(contactId, error);
      return bringBy([next, ...rest], withNotes(mail, notesAfterMail(mail, error)), ports);
    }
    ports.setback('a contact flow did not take the task', { contactId, error });
    return bringBy([next, ...rest], mail, ports);
  }
}

async function bringOneWay(
  way: Way,
  mail: VoicemailToMail,
  ports: DeliverVoicemailPorts,
): Promise<Delivered> {
  const told = withNotes(mail, way.notes);
  const { delivery } = told;
  if (way.mode === 'email') {
    if (!ports.mail) throw new PermanentError('REFUSED', 'delivery by email is not set up');
    const { messageId, notes } = await ports.mail(told);
    return { deliveredAs: way.mode, deliveredId: messageId, delivery: { ...delivery, notes } };
  }
  const { contactId, endedAtMs } = delivery.voicemail;
  const target = {
    contactId,
    flowId: way.flowId,
    lifeMs: taskLifeMs(endedAtMs, ports),
    hasComeBack: mail.hasComeBack === true,
  };
  return { deliveredAs: way.mode, deliveredId: await ports.startTask(taskFor(delivery), target), delivery };
}

/** A task is of no use after its recording is deleted; but somebody must have a day to take it. */
function taskLifeMs(endedAtMs: number, ports: DeliverVoicemailPorts): number {
  const keptMs = endedAtMs + ports.retentionMs - ports.now();
  return Math.min(ports.taskLifeMs, Math.max(keptMs, LEAST_TASK_LIFE_MS));
}

const LEAST_TASK_LIFE_MS = 86_400_000;

function notesAfterMail({ mailing }: VoicemailToMail, { code }: PermanentError): readonly string[] {
  return [
    ...(mailing && mailing.tries > 0 ? [MAYBE_MAILED] : []),
    ...(code === 'NO_RECIPIENT' ? ['There is no email address that this message can go to.'] : []),
  ];
}
