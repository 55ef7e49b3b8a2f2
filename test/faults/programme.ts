import { parseArgs } from 'node:util';
import { shakyCloud } from '../../simulator/faults/fault-plan.ts';
import { leaveVoicemail, MODES, openOf, SAID, type StackChanges, startCloud, untilSettled } from './cloud.ts';
import { type Count, countDeliveries } from './count-deliveries.ts';
import { ledgerFaults } from './ledger-faults.ts';
import { parkedMessages, redriveAll } from './redrive.ts';

/**
 * Voicemails in a cloud in which a fifth of all calls fail, functions are killed, and messages, events and
 * records come twice and late. Counts the results.
 *
 *     node test/faults/programme.ts --voicemails 10000 --seed 1 [--failing 0.2] [--receives 40] [--attempts 3]
 *
 * `--receives`: after so many tries a message is parked, instead of after as many as in the stack.
 * `--attempts`: how often the SDK tries a call, instead of its default. Exit code 1 if one was lost or
 * doubled.
 */
export interface ProgrammeOptions extends Pick<StackChanges, 'receives' | 'attempts'> {
  readonly voicemails: number;
  readonly seed: number;
  readonly failing?: number;
  /** The longest message. Absent: five. */
  readonly longestSeconds?: number;
  /** How long it waits for voicemails before the redrive. Absent: 30 hours. */
  readonly patienceMs?: number;
  /** Called with the progress, now and then. */
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

const MOST_SECONDS = 5;
/** As many as are under way at one time. */
const MOST_OPEN = 60;
/** A voicemail that is not delivered in that time will not be delivered without help. */
const PATIENCE_MS = 30 * 3_600_000;
const PROGRESS_EVERY = 250;

export async function runProgramme(options: ProgrammeOptions): Promise<Totals> {
  const { voicemails, seed, failing = 0.2, longestSeconds = MOST_SECONDS, onProgress = () => {} } = options;
  const startedAt = performance.now();
  const simulator = await startCloud(shakyCloud({ failing, seed }), options);
  try {
    let calls = 0;
    let invocations = 0;
    simulator.happenings.listen(({ kind }) => {
      if (kind === 'api-call') calls += 1;
      if (kind === 'invocation') invocations += 1;
    });
    const startMs = simulator.clock.now();
    const contactIds: string[] = [];
    let open: readonly string[] = [];
    while (contactIds.length < voicemails) {
      for (; open.length < MOST_OPEN && contactIds.length < voicemails;) {
        const index = contactIds.length;
        const mode = MODES[index % MODES.length] ?? MODES[0];
        const contactId = leaveVoicemail(simulator, mode, 1 + (index % longestSeconds));
        contactIds.push(contactId);
        open = [...open, contactId];
        if (contactIds.length % PROGRESS_EVERY === 0) onProgress(progress(contactIds.length, startedAt));
      }
      await simulator.clock.sleep(1000);
      open = openOf(simulator, open);
    }
    await untilSettled(simulator, open, options.patienceMs ?? PATIENCE_MS);

    const undeliveredBefore = countDeliveries(simulator, contactIds, SAID).lost.length;
    const parked = parkedMessages(simulator);
    const injected = simulator.faults.injected();
    // Before a redrive, the cause was fixed.
    simulator.faults.clear();
    const redriven = await redriveAll(simulator);
    await untilSettled(simulator, contactIds, PATIENCE_MS);
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
