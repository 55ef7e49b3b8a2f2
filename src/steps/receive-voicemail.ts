import { DUE_AFTER_MS, isWorkable } from '../domain/ledger.ts';
import type { DeliveryPush } from '../domain/queue-messages.ts';
import { recordingCount, type Voicemail } from '../domain/voicemail.ts';
import type { ClockPort, LedgerPorts } from './ports.ts';

export interface ReceiveVoicemailPorts
  extends Pick<LedgerPorts, 'noteReceived' | 'isKnown' | 'moveEntry'>, ClockPort {
  readonly sendToRecording: (voicemail: Voicemail) => Promise<void>;
  readonly sendToDelivery: (push: DeliveryPush) => Promise<void>;
  /** Whether flows have the automated interaction recorded: a later record may name what this one does not. */
  readonly awaitsIvrRecording?: boolean;
  /** How long recordings and ledger entries are kept. */
  readonly retentionMs: number;
}

export interface ReceivedVoicemail {
  readonly voicemail: Voicemail;
  /** Contacts of the same chain to which the message may belong instead. */
  readonly mayBeOf: readonly string[];
}

/**
 * Step 1: a voicemail enters the ledger and the first queue, once.
 *
 * Connect sends a contact's record again whenever it changes, for 24 months. A record older than the
 * retention belongs to a voicemail that was finished long ago and is no longer in the ledger: `outdated`. A
 * voicemail that is still `received` is sent to the queue again, because the first try may have ended
 * between ledger and queue; so is one that was given up, because somebody sent its record again. A later record may
 * name a recording that the first did not: then the ledger has it too, for tries that began before.
 *
 * All contacts of a chain have the flag. If one of `mayBeOf` is in the ledger, the flag belongs to that one:
 * `of-another-contact`.
 */
export async function receiveVoicemail(
  { voicemail, mayBeOf }: ReceivedVoicemail,
  ports: ReceiveVoicemailPorts,
): Promise<'received' | 'known' | 'outdated' | 'of-another-contact'> {
  const nowMs = ports.now();
  if (nowMs - voicemail.endedAtMs > ports.retentionMs) return 'outdated';
  if (await isOfAnother(voicemail, mayBeOf, ports)) return 'of-another-contact';

  const entry = await ports.noteReceived(voicemail, nowMs + DUE_AFTER_MS.recording);
  if (entry === 'unreadable' || (entry && !isWorkable(entry, ['received']))) return 'known';

  if (entry && ports.awaitsIvrRecording && recordingCount(voicemail) > recordingCount(entry.voicemail)) {
    const { contactId } = voicemail;
    const dueAtMs = nowMs + DUE_AFTER_MS.recording;
    const changes = { voicemail };
    await ports.moveEntry({ contactId, from: ['received'], to: 'received', dueAtMs, changes });
  }
  await sendOn(voicemail, ports);
  return entry ? 'known' : 'received';
}

/** A contact in the ledger under its own id is its own voicemail, whatever its chain. */
async function isOfAnother(
  { contactId }: Voicemail,
  mayBeOf: readonly string[],
  { isKnown }: ReceiveVoicemailPorts,
): Promise<boolean> {
  if (mayBeOf.length === 0 || (await isKnown(contactId))) return false;
  for (const linked of mayBeOf) {
    if (await isKnown(linked)) return true;
  }
  return false;
}

/** To the recording step, or, if nothing was or will be recorded, straight to delivery as a request to call back. */
export async function sendOn(
  voicemail: Voicemail,
  ports: Pick<ReceiveVoicemailPorts, 'sendToRecording' | 'sendToDelivery' | 'awaitsIvrRecording'>,
): Promise<void> {
  if (voicemail.recording || ports.awaitsIvrRecording) await ports.sendToRecording(voicemail);
  else {
    await ports.sendToDelivery({
      push: 'deliver',
      contactId: voicemail.contactId,
      unrecordable: 'NO_AUDIO',
    });
  }
}
