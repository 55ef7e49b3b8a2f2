import { parseArgs } from 'node:util';
import {
  leaveVoicemail,
  type Mode,
  MODES,
  SAID,
  type StackChanges,
  startCloud,
  untilSettled,
} from './cloud.ts';
import { arrivals, type Count, countDeliveries } from './count-deliveries.ts';
import { ledgerFaults } from './ledger-faults.ts';
import { parkedMessages } from './redrive.ts';

/**
 * A service refuses everything for hours, in simulated time, while callers leave voicemails; then it answers
 * again, and nobody helps.
 *
 *     node test/faults/outage.ts --voicemails 200 [--service kinesisvideo] [--hours 6]
 */
export const OUTAGES = ['transcribe', 'connect', 'kinesisvideo', 'dynamodb', 's3', 'ses'] as const;

export interface OutageTotals extends Count {
  readonly service: string;
  readonly parked: number;
  readonly ledgerFaults: readonly string[];
  /** How many were delivered before the end of the outage. */
  readonly deliveredDuring: number;
  /** Delivered by email. */
  readonly mails: number;
  /** From the end of the outage to the last task or mail. */
  readonly recoveryMinutes: number;
  readonly invocations: number;
  readonly seconds: number;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** The longest wait. */
const PATIENCE_MS = 2 * HOUR_MS;

export interface Outage extends Pick<StackChanges, 'transcriptDeadlineMinutes'> {
  readonly service: string;
  readonly voicemails: number;
  /** Absent: six. */
  readonly hours?: number;
}

/** Those that the service is needed for. */
function modesFor(service: string): readonly [Mode, ...Mode[]] {
  return service === 'ses' ? ['email'] : MODES;
}

export async function runOutage(outage: Outage): Promise<OutageTotals> {
  const { service, voicemails, hours = 6 } = outage;
  const startedAt = performance.now();
  const simulator = await startCloud({ rules: [{ service, fault: 'throttle' }] }, outage);
  try {
    let invocations = 0;
    simulator.happenings.listen(({ kind }) => void (invocations += kind === 'invocation' ? 1 : 0));
    const modes = modesFor(service);
    const contactIds: string[] = [];
    for (let index = 0; index < voicemails; index += 1) {
      contactIds.push(leaveVoicemail(simulator, modes[index % modes.length] ?? modes[0]));
      await simulator.clock.sleep((hours * HOUR_MS) / voicemails);
    }
    const endedAtMs = simulator.clock.now();
    const deliveredDuring = arrivals(simulator).length;
    simulator.faults.clear();
    await untilSettled(simulator, contactIds, PATIENCE_MS);
    // A job that could not be deleted is deleted by the next try of its message.
    while ((await ledgerFaults(simulator, contactIds)).length > 0) {
      if (simulator.clock.now() > endedAtMs + PATIENCE_MS) break;
      await simulator.clock.sleep(MINUTE_MS);
    }
    const lastMs = Math.max(endedAtMs, arrivals(simulator).at(-1)?.atMs ?? 0);
    return {
      service,
      ...countDeliveries(simulator, contactIds, SAID),
      parked: parkedMessages(simulator),
      ledgerFaults: await ledgerFaults(simulator, contactIds),
      deliveredDuring,
      mails: arrivals(simulator).filter((arrival) => arrival.as === 'email').length,
      recoveryMinutes: (lastMs - endedAtMs) / MINUTE_MS,
      invocations,
      seconds: (performance.now() - startedAt) / 1000,
    };
  } finally {
    await simulator.close();
  }
}

export function outageReport(totals: OutageTotals): string {
  const { service, voicemails, deliveredDuring, mails, recoveryMinutes, invocations, seconds } = totals;
  const { lost, doubled, sentAgainWithNote, withoutTranscript, parked } = totals;
  return [
    `${service}: ${voicemails} voicemails, ${mails} by email, ${deliveredDuring} delivered before its end`,
    `the last ${recoveryMinutes.toFixed(1)} min after it`,
    `${lost.length} lost, ${doubled.length} doubled, ${sentAgainWithNote.length} sent again with a note`,
    `${withoutTranscript.length} without transcript, ${parked} parked`,
    `${invocations} invocations, ${seconds.toFixed(0)} s`,
  ].join('; ');
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      voicemails: { type: 'string', default: '200' },
      hours: { type: 'string', default: '6' },
      service: { type: 'string' },
    },
  });
  for (const service of values.service === undefined ? OUTAGES : [values.service]) {
    const asked = { service, voicemails: Number(values.voicemails), hours: Number(values.hours) };
    console.log(outageReport(await runOutage(asked)));
  }
}
