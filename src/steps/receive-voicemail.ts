import { DUE_AFTER_MS, isWorkable } from '../domain/ledger.ts';
import type { DeliveryPush } from '../domain/messages.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import type { ClockPort, LedgerPorts } from './ports.ts';

export interface ReceiveVoicemailPorts extends Pick<LedgerPorts, 'noteReceived'>, ClockPort {
  readonly sendToRecording: (voicemail: Voicemail) => Promise<void>;
  readonly sendToDelivery: (push: DeliveryPush) => Promise<void>;
  /** How long recordings and ledger entries are kept. */
  readonly retentionMs: number;
}

/**
 * Step 1: a voicemail enters the ledger and the first queue, once.
 *
 * Connect sends a contact's record again whenever it changes, for 24 months. A
 * record older than everything we keep is of a voicemail long dealt with, and the
 * ledger has forgotten it: `outdated`. One found still `received` is sent on
 * again, because the first time may have ended between ledger and queue; so is
 * one that was given up, because somebody had its record sent again.
 */
export async function receiveVoicemail(
  voicemail: Voicemail,
  ports: ReceiveVoicemailPorts,
): Promise<'received' | 'known' | 'outdated'> {
  const nowMs = ports.now();
  if (nowMs - voicemail.endedAtMs > ports.retentionMs) return 'outdated';

  const entry = await ports.noteReceived(voicemail, nowMs + DUE_AFTER_MS.recording);
  if (entry && !isWorkable(entry, ['received'])) return 'known';

  await sendOn(voicemail, ports);
  return entry ? 'known' : 'received';
}

/** To the recording step, or, if nothing was recorded, straight to delivery as a request to call back. */
export async function sendOn(
  voicemail: Voicemail,
  ports: Pick<ReceiveVoicemailPorts, 'sendToRecording' | 'sendToDelivery'>,
): Promise<void> {
  if (voicemail.recording) await ports.sendToRecording(voicemail);
  else {
    await ports.sendToDelivery({
      push: 'deliver',
      contactId: voicemail.contactId,
      unrecordable: 'NO_AUDIO',
    });
  }
}
