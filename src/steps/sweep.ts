import { MOST_ATTEMPTS, nextPushDelayMs, type LedgerEntry } from '../domain/ledger.ts';
import { keysOf } from '../domain/object-keys.ts';
import { jobNameOf, standInTranscript } from '../domain/transcript.ts';
import type { ClockPort, LedgerPorts } from './ports.ts';
import { sendOn, type ReceiveVoicemailPorts } from './receive-voicemail.ts';
import type { StartTranscriptionPorts } from './start-transcription.ts';

export interface SweepPorts
  extends
    ClockPort,
    Pick<LedgerPorts, 'findOverdue' | 'notePush' | 'moveEntry'>,
    Pick<ReceiveVoicemailPorts, 'sendToRecording' | 'sendToDelivery'>,
    Pick<StartTranscriptionPorts, 'putStandIn'> {
  readonly sendToTranscription: (recordingKey: string) => Promise<void>;
}

export interface SweepOutcome {
  readonly pushed: readonly string[];
  readonly parked: readonly string[];
}

/**
 * Pushes on every voicemail that is past its due time, whatever it waits for: a
 * lost event, a crashed delivery, a transcript that does not come. Pushing one
 * that moves after all does no harm, as every step ignores what it has done.
 */
export async function sweep(ports: SweepPorts): Promise<SweepOutcome> {
  const nowMs = ports.now();
  const parked: string[] = [];
  const pushed: string[] = [];
  for (const entry of await ports.findOverdue(nowMs)) {
    if (entry.attempts >= MOST_ATTEMPTS) {
      await park(entry, ports);
      parked.push(entry.contactId);
    } else if (await ports.notePush(entry, nowMs + nextPushDelayMs(entry.attempts))) {
      await push(entry, ports);
      pushed.push(entry.contactId);
    }
  }
  return { pushed, parked };
}

async function park({ contactId, state }: LedgerEntry, ports: SweepPorts): Promise<void> {
  await ports.moveEntry({
    contactId,
    from: [state],
    to: 'parked',
    changes: { failureCode: `OVERDUE_${state.toUpperCase()}` },
  });
}

async function push({ contactId, state, voicemail }: LedgerEntry, ports: SweepPorts): Promise<void> {
  const { recordingKey, transcriptKey } = keysOf(voicemail);
  switch (state) {
    case 'received':
      return sendOn(voicemail, ports);
    case 'recorded':
      return ports.sendToTranscription(recordingKey);
    case 'transcribing': {
      const standIn = standInTranscript({ jobName: jobNameOf(contactId), gap: 'OVERDUE' });
      // A stand-in that is written starts the delivery by its event; a transcript that is there has lost its own.
      if ((await ports.putStandIn(transcriptKey, standIn)) === 'written') return;
      return ports.sendToDelivery({ push: 'deliver', contactId });
    }
    case 'delivering':
      return ports.sendToDelivery({ push: 'deliver', contactId });
    case 'delivered':
    case 'parked':
      return;
  }
}
