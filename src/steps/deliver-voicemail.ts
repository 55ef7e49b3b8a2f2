import { type DeliveryMode, mailFirst, waysToDeliver } from '../domain/delivery-mode.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { DELIVERY_LEASE_MS, DUE_AFTER_MS, knownRecording, roundOf } from '../domain/ledger.ts';
import type { DeliveryPush } from '../domain/queue-messages.ts';
import { keysIn, keysOf, type VoicemailKeys } from '../domain/object-keys.ts';
import { type Recording, voicemailAt } from '../domain/recording-metadata.ts';
import { inboxKeysOf, wasDelivered } from '../domain/ledger-indexes.ts';
import { recipientInWords } from '../domain/recipient.ts';
import { bringBy, type BringingPorts, type Delivered } from './bring-voicemail.ts';
import { cleanUp, cleanUpUnnoted, type CleaningUpPorts } from './clean-up.ts';
import { notifyAgents, type NotifyAgentsPorts } from './notify-agents.ts';
import type { DeliveryLease, LedgerPorts } from './ports.ts';
import { type GatheringPorts, prepareDelivery } from './prepare-delivery.ts';

export interface DeliverVoicemailPorts
  extends
    GatheringPorts,
    BringingPorts,
    CleaningUpPorts,
    NotifyAgentsPorts,
    Pick<LedgerPorts, 'findEntry' | 'moveEntry' | 'leaseDelivery' | 'leaseTranscribed' | 'releaseDelivery'> {
  /** Called once a delivery is noted. */
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
  /** Which delivery of the voicemail this is: 1 is the first. */
  readonly round: number;
  /** When the caller hung up. */
  readonly endedAtMs: number;
  /** Set for a test voicemail. */
  readonly isTest?: true;
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
  if (keys && 'transcriptKey' in request && request.transcriptKey === keys.transcriptKey) {
    const outcome = await deliverTranscribed(keys, ports);
    if (outcome) return outcome;
  }
  const unrecordable = 'unrecordable' in request ? request.unrecordable : undefined;

  const entry = (await ports.findEntry(contactId)) ?? (await entryFromObjects(keys, ports));
  if (!entry) return NOT_OURS;
  if ('transcriptKey' in request && request.transcriptKey !== keysOf(entry.voicemail).transcriptKey)
    return NOT_OURS;
  const known = knownOutcome(entry);
  if (entry.deliveredAs) {
    await cleanUp(entry, ports);
    return known;
  }
  if (entry.state === 'blank' && 'transcriptKey' in request) return known;
  const recording = await recordingOf(entry, unrecordable, ports);
  // A second try recorded it: it goes through transcription.
  if (recording && unrecordable) return known;

  if (!(await ports.leaseDelivery(leaseFor(contactId, ports))))
    throw new RetryableError('NOT_READY', 'another delivery of this voicemail is under way');
  return deliverLeased(entry, { recording, unrecordable }, ports);
}

/** Delivers it with the lease, and notes that. */
async function deliverLeased(
  entry: LedgerEntry,
  { recording, unrecordable }: Found,
  ports: DeliverVoicemailPorts,
): Promise<DeliverOutcome> {
  const { contactId } = entry;
  const { deliveredAs, deliveredId, delivery } = await bring(entry, recording, ports);
  // A second try makes the same task, so the clean-up may come before the note. A mail is noted first.
  const early = deliveredAs === 'email' ? undefined : await outcomeOf(cleanUpUnnoted(entry, ports));
  const recipientArn = delivery.recipient.queueArn;
  const isNoted = await ports.moveEntry({
    contactId,
    from: ['delivering', 'parked'],
    to: recording ? 'delivered' : 'parked',
    inboxKeys: inboxKeysOf({ ...entry, deliveredAs, recipientArn }),
    isFirst: !wasDelivered(entry),
    changes: {
      deliveredAs,
      deliveredId,
      recipientName: recipientInWords(delivery.recipient),
      recipientArn,
      ...(delivery.customerName !== undefined && { customerName: delivery.customerName }),
      timeZone: delivery.timeZone,
      notes: delivery.notes,
      ...(!recording && { failureCode: unrecordable ?? 'NO_AUDIO' }),
      ...(early?.status === 'fulfilled' && { cleanedUpAtMs: ports.now() }),
    },
  });
  const kind = recording ? 'delivered' : 'delivered-unrecorded';
  const outcome: DeliverOutcome = { ...knownOutcome(entry), kind, deliveredAs };
  ports.onDelivered(outcome);
  // A mail may go to others than the agents of its queue.
  if (isNoted && deliveredAs !== 'email') await notifyAgents(delivery, outcome.round, ports);
  if (early?.status === 'rejected') throw early.reason;
  if (!early) await cleanUp(entry, ports);
  return outcome;
}

interface Found {
  readonly recording: Recording | undefined;
  readonly unrecordable?: DeliveryPush['unrecordable'];
}

function knownOutcome(entry: LedgerEntry): DeliverOutcome {
  const { contactId, returnedAtMs, voicemail } = entry;
  const { endedAtMs, isTest } = voicemail;
  const hasComeBack = returnedAtMs !== undefined;
  const round = roundOf(entry);
  return { kind: 'known', contactId, hasComeBack, round, endedAtMs, ...(isTest && { isTest: true }) };
}

async function outcomeOf(work: Promise<void>): Promise<PromiseSettledResult<void>> {
  const [outcome] = await Promise.allSettled([work]);
  return outcome;
}

export interface NotOurs {
  readonly kind: 'not-ours';
}

const NOT_OURS: NotOurs = { kind: 'not-ours' };

function leaseFor(contactId: string, { now }: DeliverVoicemailPorts): DeliveryLease {
  const nowMs = now();
  const untilMs = nowMs + DELIVERY_LEASE_MS;
  return { contactId, nowMs, untilMs, dueAtMs: nowMs + DUE_AFTER_MS.delivery };
}

/** An ordinary voicemail, for the event of its transcript: one call of the ledger. Undefined for any other. */
async function deliverTranscribed(
  { contactId, recordingKey }: VoicemailKeys,
  ports: DeliverVoicemailPorts,
): Promise<DeliverOutcome | undefined> {
  const entry = await ports.leaseTranscribed(leaseFor(contactId, ports), recordingKey);
  if (!entry) return undefined;
  const recording = await returningLease(contactId, () => recordingOf(entry, undefined, ports), ports);
  return deliverLeased(entry, { recording }, ports);
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

function bring(
  entry: LedgerEntry,
  recording: Recording | undefined,
  ports: DeliverVoicemailPorts,
): Promise<Delivered> {
  return returningLease(
    entry.contactId,
    async () => {
      const delivery = await prepareDelivery(entry, recording, ports);
      const mail = { delivery, mailing: entry.mailing, round: roundOf(entry) };
      const modes = {
        ...ports,
        hasEmail: ports.mail !== undefined,
        hasLinks: ports.linkFor !== undefined,
        attaches: ports.urlToAttach !== undefined,
      };
      const ways = waysToDeliver(entry.voicemail, modes);
      // A voicemail that may have been mailed does not become a task before that is known, and the task then says so.
      return bringBy(entry.mailing ? mailFirst(ways) : ways, mail, ports);
    },
    ports,
  );
}

/** After a failure the lease is given back, so that the next try need not wait until it expires. */
async function returningLease<Done>(
  contactId: string,
  work: () => Promise<Done>,
  ports: DeliverVoicemailPorts,
): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    await ports
      .releaseDelivery(contactId)
      .catch((releaseError: unknown) =>
        ports.setback('the lease was not given back', { contactId, error: releaseError }),
      );
    throw error;
  }
}
