import { parseArgs } from 'node:util';
import { configuredWorld } from '../../scripts/laptop.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { spokenNoise } from '../e2e/spoken-noise.ts';
import { type Count, countDeliveries } from './count-deliveries.ts';
import { ledgerFaults } from './ledger-faults.ts';
import { MODES } from './programme.ts';
import { parkedMessages } from './redrive.ts';

/**
 * A service refuses everything for hours, in simulated time, while callers leave
 * voicemails; then it answers again, and nobody lifts a hand.
 *
 *     node test/faults/outage.ts --voicemails 200 [--service kinesisvideo] [--hours 6]
 *
 * Needs the stack in dist/cdk: `npm run synth`.
 */
export const OUTAGES = ['transcribe', 'connect', 'kinesisvideo', 'dynamodb', 's3'] as const;

export interface OutageTotals extends Count {
  readonly service: string;
  readonly parked: number;
  readonly ledgerFaults: readonly string[];
  /** Of those that were delivered before the service was back. */
  readonly deliveredDuring: number;
  /** From the end of the outage to the last task. */
  readonly recoveryMinutes: number;
  readonly invocations: number;
  readonly seconds: number;
}

const SAID = 'please call me back';
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export async function runOutage({
  service,
  voicemails,
  hours = 6,
  transcriptDeadlineMinutes,
}: {
  service: string;
  voicemails: number;
  hours?: number;
  /** Instead of the one in the stack. */
  transcriptDeadlineMinutes?: number;
}): Promise<OutageTotals> {
  const startedAt = performance.now();
  const simulator = await startSimulator({
    assemblyFolder: 'dist/cdk',
    world: configuredWorld(),
    time: 'fast',
    recognizer: createStandInRecognizer(SAID),
    faults: { rules: [{ service, fault: 'throttle' }] },
    templatePatch: (template) => withDeadline(template, transcriptDeadlineMinutes),
  });
  try {
    let invocations = 0;
    simulator.happenings.listen(({ kind }) => void (invocations += kind === 'invocation' ? 1 : 0));
    const contactIds: string[] = [];
    for (let index = 0; index < voicemails; index += 1) {
      const attributes = { vmx3_mode: MODES[index % MODES.length] };
      const call = { from: '+15555550142', audio: spokenNoise(1), attributes };
      contactIds.push(simulator.connect.placeCall(call).contactId);
      await simulator.clock.sleep((hours * HOUR_MS) / voicemails);
    }
    const endedAtMs = simulator.clock.now();
    const deliveredDuring = simulator.connect.tasks().length;
    simulator.faults.clear();
    await untilClean(simulator, contactIds);
    const lastMs = Math.max(endedAtMs, ...simulator.connect.tasks().map(({ createdAtMs }) => createdAtMs));
    return {
      service,
      ...countDeliveries(simulator, contactIds, SAID),
      parked: parkedMessages(simulator),
      ledgerFaults: await ledgerFaults(simulator, contactIds),
      deliveredDuring,
      recoveryMinutes: (lastMs - endedAtMs) / MINUTE_MS,
      invocations,
      seconds: (performance.now() - startedAt) / 1000,
    };
  } finally {
    await simulator.close();
  }
}

function withDeadline(template: unknown, minutes: number | undefined): unknown {
  if (minutes === undefined) return template;
  const setting = `"TRANSCRIPT_DEADLINE_MINUTES":"${minutes}"`;
  return JSON.parse(JSON.stringify(template).replaceAll(/"TRANSCRIPT_DEADLINE_MINUTES":"\d+"/g, setting));
}

/** Until the last flag is reset, or nobody would wait for it any longer. */
async function untilClean({ clock, connect }: Simulator, contactIds: readonly string[]): Promise<void> {
  const untilMs = clock.now() + 2 * HOUR_MS;
  const isOpen = (contactId: string) => connect.contact(contactId).attributes['vmx3_flag'] !== '0';
  while (contactIds.some(isOpen) && clock.now() < untilMs) await clock.sleep(10_000);
}

export function outageReport(totals: OutageTotals): string {
  const { service, voicemails, deliveredDuring, recoveryMinutes, invocations, seconds } = totals;
  const { lost, doubled, withoutTranscript, parked } = totals;
  return [
    `${service}: ${voicemails} voicemails, ${deliveredDuring} delivered before its end`,
    `the last ${recoveryMinutes.toFixed(1)} min after it`,
    `${lost.length} lost, ${doubled.length} doubled, ${withoutTranscript.length} without transcript, ${parked} parked`,
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
