import { PermanentError } from '../domain/errors.ts';
import { OPEN_STATES, type LedgerEntry } from '../domain/ledger-entry.ts';
import { MOST_ATTEMPTS, NEXT_LOOK_MS, nextPushDelayMs } from '../domain/ledger.ts';
import { keysOf } from '../domain/object-keys.ts';
import { jobNameOf, standInTranscript } from '../domain/transcript.ts';
import type { ClockPort, LedgerPorts, Overdue, OverdueKey } from './ports.ts';
import { sendOn, type ReceiveVoicemailPorts } from './receive-voicemail.ts';
import type { StartJobPorts } from './start-job.ts';

export interface SweepPorts
  extends
    ClockPort,
    Pick<LedgerPorts, 'findOverdue' | 'findEntry' | 'notePush' | 'postpone' | 'moveEntry'>,
    Pick<ReceiveVoicemailPorts, 'sendToRecording' | 'sendToDelivery' | 'awaitsIvrRecording'>,
    Pick<StartJobPorts, 'putStandIn'> {
  readonly sendToTranscription: (recordingKey: string) => Promise<void>;
  /** How long after the call the transcript is due. */
  readonly transcriptDeadlineMs: number;
  /** Called for each overdue voicemail. */
  readonly onOverdue: (contactId: string, outcome: SweepOutcome, error?: unknown) => void;
}

/**
 * `stuck`: pushed, and not for the first time. `moved-on`: it was not overdue any more. `of-later-version`:
 * only a later version can process it. `test`: nobody waits for it. `failed`: it could not be processed, and will be
 * tried again.
 */
type SweepOutcome = 'pushed' | 'stuck' | 'parked' | 'moved-on' | 'of-later-version' | 'test' | 'failed';

/** Ten seconds less than the function's time-out, so that work that has begun can finish. */
const LONGEST_SWEEP_MS = 40_000;

/**
 * Pushes on every voicemail that is past its due time, for any reason: a lost event, a crashed delivery, a
 * missing transcript. Pushing a voicemail that still moves is harmless, because every step ignores work that
 * is done.
 *
 * The longest overdue come first, and every entry gets a later due time or an end, in any state and after
 * any failure: no entry blocks the others. Entries that are left when the time is over come first the next
 * time.
 */
export async function sweep(ports: SweepPorts): Promise<void> {
  const startMs = ports.now();
  let after: OverdueKey | undefined;
  do {
    const page = await ports.findOverdue(startMs, after);
    for (const overdue of page.overdue) {
      if (ports.now() - startMs >= LONGEST_SWEEP_MS) return;
      const { outcome, error } = await lookAt(overdue, ports);
      ports.onOverdue(overdue.contactId, outcome, error);
    }
    ({ after } = page);
  } while (after !== undefined);
}

interface Looked {
  readonly outcome: SweepOutcome;
  readonly error?: unknown;
}

async function lookAt(overdue: Overdue, ports: SweepPorts): Promise<Looked> {
  const looked = overdue.isOfLaterVersion
    ? ({ outcome: 'of-later-version' } as const)
    : await pushOrGiveUp(overdue.contactId, ports);
  if (!MAY_STAND_STILL.has(looked.outcome)) return looked;
  const delayMs = looked.outcome === 'failed' ? nextPushDelayMs(0) : NEXT_LOOK_MS;
  try {
    // It does nothing if the entry has a later due time by now.
    await ports.postpone(overdue, ports.now() + delayMs);
    return looked;
  } catch (error) {
    const errors = [looked.error, error].filter((one) => one !== undefined);
    return {
      outcome: 'failed',
      error: new AggregateError(errors, 'an overdue voicemail got no later due time'),
    };
  }
}

/** After these outcomes the due time may be unchanged. */
const MAY_STAND_STILL: ReadonlySet<SweepOutcome> = new Set([
  'moved-on',
  'of-later-version',
  'test',
  'failed',
]);

async function pushOrGiveUp(contactId: string, ports: SweepPorts): Promise<Looked> {
  try {
    return { outcome: await sweepOne(contactId, ports) };
  } catch (error) {
    return await givenUp(error, contactId, ports);
  }
}

/** An entry that can never be read is given up: an alarm reports it, and a person must look. */
async function givenUp(error: unknown, contactId: string, ports: SweepPorts): Promise<Looked> {
  if (error instanceof PermanentError && error.code === 'LATER_VERSION')
    return { outcome: 'of-later-version' };
  if (!(error instanceof PermanentError) || error.code !== 'MALFORMED_EVENT')
    return { outcome: 'failed', error };
  const changes = { failureCode: error.code };
  try {
    const isParked = await ports.moveEntry({ contactId, from: OPEN_STATES, to: 'parked', changes });
    return { outcome: isParked ? 'parked' : 'failed', error };
  } catch (moveError) {
    return {
      outcome: 'failed',
      error: new AggregateError([error, moveError], 'an entry that cannot be read was not parked'),
    };
  }
}

/** One lost event, and another one. */
const MOST_ORDINARY_ATTEMPTS = 2;

async function sweepOne(contactId: string, ports: SweepPorts): Promise<SweepOutcome> {
  const nowMs = ports.now();
  const entry = await ports.findEntry(contactId);
  if (entry?.dueAtMs === undefined || entry.dueAtMs >= nowMs) return 'moved-on';
  const outcome = await pushOrPark(entry, nowMs, ports);
  return entry.voicemail.isTest ? 'test' : outcome;
}

async function pushOrPark(entry: LedgerEntry, nowMs: number, ports: SweepPorts): Promise<SweepOutcome> {
  if (entry.attempts > MOST_ATTEMPTS) return (await park(entry, ports)) ? 'parked' : 'moved-on';
  if (!(await ports.notePush(entry, nextPushAtMs(entry, nowMs, ports)))) return 'moved-on';
  await push(entry, ports);
  return entry.attempts < MOST_ORDINARY_ATTEMPTS ? 'pushed' : 'stuck';
}

/** A voicemail whose transcription does not begin is always checked when its transcript is due. */
function nextPushAtMs(
  { state, attempts, voicemail }: LedgerEntry,
  nowMs: number,
  { transcriptDeadlineMs }: SweepPorts,
): number {
  const ordinaryMs = nowMs + nextPushDelayMs(attempts);
  const deadlineMs = voicemail.endedAtMs + transcriptDeadlineMs;
  return state === 'recorded' && nowMs < deadlineMs ? Math.min(ordinaryMs, deadlineMs) : ordinaryMs;
}

function park({ contactId, state, dueAtMs }: LedgerEntry, ports: SweepPorts): Promise<boolean> {
  return ports.moveEntry({
    contactId,
    from: [state],
    to: 'parked',
    ifDueAtMs: dueAtMs,
    changes: { failureCode: `OVERDUE_${state.toUpperCase()}` },
  });
}

async function push(entry: LedgerEntry, ports: SweepPorts): Promise<void> {
  const { contactId, state, attempts, voicemail } = entry;
  switch (state) {
    case 'received':
      if (attempts < MOST_ATTEMPTS) return sendOn(voicemail, ports);
      // The last chance that an agent is asked to call back.
      return ports.sendToDelivery({ push: 'deliver', contactId, unrecordable: 'NO_AUDIO' });
    case 'recorded': {
      const isTooLate = ports.now() - voicemail.endedAtMs >= ports.transcriptDeadlineMs;
      return attempts > 0 && (isTooLate || attempts >= MOST_ATTEMPTS)
        ? deliverWithoutTranscript(entry, ports)
        : ports.sendToTranscription(keysOf(voicemail).recordingKey);
    }
    case 'transcribing':
      return deliverWithoutTranscript(entry, ports);
    case 'delivering':
      return ports.sendToDelivery({ push: 'deliver', contactId });
    case 'delivered':
    case 'blank':
    case 'parked':
      return;
  }
}

/** A stand-in starts the delivery by its event; the event of an existing transcript was lost. */
async function deliverWithoutTranscript(
  { contactId, state, voicemail }: LedgerEntry,
  ports: SweepPorts,
): Promise<void> {
  const { transcriptKey } = keysOf(voicemail);
  const gap = state === 'recorded' ? 'NOT_STARTED' : 'OVERDUE';
  const standIn = standInTranscript({ jobName: jobNameOf(contactId), gap });
  if ((await ports.putStandIn(transcriptKey, standIn)) === 'written') return;
  await ports.sendToDelivery({ push: 'deliver', contactId });
}
