import { parseArgs } from 'node:util';
import { configuredWorld } from '../../scripts/laptop.ts';
import { shakyCloud } from '../../simulator/faults/fault-plan.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { spokenNoise } from '../e2e/spoken-noise.ts';
import { type Count, countDeliveries } from './count-deliveries.ts';
import { ledgerFaults } from './ledger-faults.ts';
import { parkedMessages, redriveAll } from './redrive.ts';

/**
 * Voicemails in a cloud in which a fifth of all calls fail, functions are killed, and
 * messages, events and records come twice and late. Counts what came of them.
 *
 *     node test/faults/programme.ts --voicemails 10000 --seed 1 [--failing 0.2] [--receives 40] [--attempts 3]
 *
 * `--receives`: after so many tries a message is parked, instead of after as many as in
 * the stack. `--attempts`: how often the SDK tries a call, instead of as often as it
 * does. Needs the stack in dist/cdk: `npm run synth`. Exit code 1 if one was lost or doubled.
 */
export interface ProgrammeOptions {
  readonly voicemails: number;
  readonly seed: number;
  readonly failing?: number;
  readonly receives?: number;
  readonly attempts?: number;
  /** The longest message. Absent: five. */
  readonly longestSeconds?: number;
  /** How long it waits for voicemails before the redrive. Absent: 30 hours. */
  readonly patienceMs?: number;
  /** Told how far it is, now and then. */
  readonly onProgress?: (line: string) => void;
}

export interface Totals extends Count {
  readonly seed: number;
  /** Messages in dead-letter queues before the redrive. */
  readonly parked: number;
  readonly redriven: number;
  /** Not delivered before the redrive. */
  readonly undeliveredBefore: number;
  readonly ledgerFaults: readonly string[];
  readonly injected: Readonly<Record<string, number>>;
  readonly calls: number;
  readonly invocations: number;
  readonly seconds: number;
  readonly simulatedHours: number;
}

const SAID = 'please call me back';
export const MODES = ['task', 'guided_task', 'email'] as const;
const MOST_SECONDS = 5;
/** As many as are under way at one time. */
const MOST_OPEN = 60;
/** What is not delivered in that time will not be by itself. */
const PATIENCE_MS = 30 * 3_600_000;
const PROGRESS_EVERY = 250;

export async function runProgramme(options: ProgrammeOptions): Promise<Totals> {
  const { voicemails, seed, failing = 0.2, onProgress = () => {} } = options;
  const startedAt = performance.now();
  const simulator = await startSimulator({
    assemblyFolder: 'dist/cdk',
    world: configuredWorld(),
    time: 'fast',
    recognizer: createStandInRecognizer(SAID),
    faults: shakyCloud({ failing, seed }),
    templatePatch: (template) => patched(template, options),
  });
  try {
    let calls = 0;
    let invocations = 0;
    simulator.happenings.listen(({ kind }) => {
      if (kind === 'api-call') calls += 1;
      if (kind === 'invocation') invocations += 1;
    });
    const startMs = simulator.clock.now();
    const contactIds: string[] = [];
    const open = new Set<string>();
    while (contactIds.length < voicemails) {
      for (; open.size < MOST_OPEN && contactIds.length < voicemails;) {
        const contactId = leaveVoicemail(simulator, contactIds.length, options);
        contactIds.push(contactId);
        open.add(contactId);
        if (contactIds.length % PROGRESS_EVERY === 0) onProgress(progress(contactIds.length, startedAt));
      }
      await simulator.clock.sleep(1000);
      settle(simulator, open);
    }
    await untilSettled(simulator, open, options);

    const undeliveredBefore = countDeliveries(simulator, contactIds, SAID).lost.length;
    const parked = parkedMessages(simulator);
    const injected = simulator.faults.injected();
    // Whoever redrives has seen to the cause.
    simulator.faults.clear();
    const redriven = await redriveAll(simulator);
    await untilSettled(simulator, open, {});
    if (redriven > 0) await simulator.clock.sleep(3_600_000);
    return {
      seed,
      ...countDeliveries(simulator, contactIds, SAID),
      parked,
      redriven,
      undeliveredBefore,
      ledgerFaults: await ledgerFaults(simulator, contactIds),
      injected,
      calls,
      invocations,
      seconds: (performance.now() - startedAt) / 1000,
      simulatedHours: (simulator.clock.now() - startMs) / 3_600_000,
    };
  } finally {
    await simulator.close();
  }
}

function leaveVoicemail(
  { connect }: Simulator,
  index: number,
  { longestSeconds = MOST_SECONDS }: ProgrammeOptions,
) {
  const audio = spokenNoise(1 + (index % longestSeconds));
  const attributes = { vmx3_mode: MODES[index % MODES.length] };
  return connect.placeCall({ from: '+15555550142', audio, attributes }).contactId;
}

/** Forgets those that are through: the flag is reset, which is the last that is done. */
function settle({ connect }: Simulator, open: Set<string>): void {
  for (const contactId of open) {
    if (connect.contact(contactId).attributes['vmx3_flag'] === '0') open.delete(contactId);
  }
}

async function untilSettled(
  simulator: Simulator,
  open: Set<string>,
  { patienceMs = PATIENCE_MS }: Pick<ProgrammeOptions, 'patienceMs'>,
): Promise<void> {
  const untilMs = simulator.clock.now() + patienceMs;
  while (open.size > 0 && simulator.clock.now() < untilMs) {
    await simulator.clock.sleep(10_000);
    settle(simulator, open);
  }
}

function patched(template: unknown, { receives, attempts }: ProgrammeOptions): unknown {
  let text = JSON.stringify(template);
  if (receives !== undefined)
    text = text.replaceAll(/"maxReceiveCount":\d+/g, `"maxReceiveCount":${receives}`);
  if (attempts !== undefined)
    text = text.replaceAll(
      '"POWERTOOLS_SERVICE_NAME":',
      `"AWS_MAX_ATTEMPTS":"${attempts}","POWERTOOLS_SERVICE_NAME":`,
    );
  return JSON.parse(text);
}

function progress(count: number, startedAt: number): string {
  const seconds = (performance.now() - startedAt) / 1000;
  return `${count} voicemails left, ${seconds.toFixed(0)} s`;
}

export function reportOf(totals: Totals): string {
  const {
    lost,
    doubled,
    sentAgainWithNote,
    withoutTranscript,
    withoutRecording,
    flagged,
    injected,
    ...figures
  } = totals;
  const listed = { lost, doubled, sentAgainWithNote, withoutTranscript, withoutRecording, flagged };
  const counts = Object.entries(listed).map(([what, contactIds]) => [what, contactIds.length]);
  return JSON.stringify({ ...figures, ...Object.fromEntries(counts), injected }, null, 2);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      voicemails: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      failing: { type: 'string' },
      receives: { type: 'string' },
      attempts: { type: 'string' },
    },
  });
  const totals = await runProgramme({
    voicemails: Number(values.voicemails),
    seed: Number(values.seed),
    ...(values.failing !== undefined && { failing: Number(values.failing) }),
    ...(values.receives !== undefined && { receives: Number(values.receives) }),
    ...(values.attempts !== undefined && { attempts: Number(values.attempts) }),
    onProgress: console.log,
  });
  console.log(reportOf(totals));
  for (const contactId of [...totals.lost, ...totals.doubled]) console.error(`lost or doubled: ${contactId}`);
  process.exitCode = totals.lost.length + totals.doubled.length + totals.ledgerFaults.length > 0 ? 1 : 0;
}
