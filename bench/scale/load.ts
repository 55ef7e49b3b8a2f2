import { configuredWorld } from '../../laptop/configured-world.ts';
import { QUEUE_WORKERS, workersAtOnce } from '../../infra/queue-workers.ts';
import sample from '../../voicemail.config.ts';
import { leaveVoicemail, SAID, startStack, untilSettled } from '../../test/faults/cloud.ts';
import { countDeliveries } from '../../test/faults/count-deliveries.ts';
import { ledgerFaults } from '../../test/faults/ledger-faults.ts';
import { waits } from '../../test/load/waits.ts';

/** Voicemails that are left at a rate, and a stack that is made for it. */
export interface LoadRun {
  readonly name: string;
  /** In simulated time. Absent: all at once. */
  readonly perSecond?: number;
  readonly voicemails: number;
  /** The setting. */
  readonly voicemailsPerSecond?: number;
  /** Of the stream of contact records. */
  readonly shards?: number;
  /** Whether Amazon Connect's quotas hold, as they are until they are raised. */
  readonly isThrottled?: boolean;
}

const PATIENCE_MS = 24 * 3_600_000;

/** One line: what came of it, and what it cost. */
export async function measureLoad(run: LoadRun): Promise<string> {
  const { perSecond = Infinity, voicemails, voicemailsPerSecond, shards, isThrottled = false } = run;
  const world = configuredWorld();
  const simulator = await startStack({
    world,
    connectThrottle: isThrottled,
    // Calls are counted: jobs take longer than the events that could overtake them.
    delays: { transcriptionMs: 5000 },
    ...(shards !== undefined && { state: { dataStreams: [{ arn: world.contactRecordStreamArn, shards }] } }),
    ...(voicemailsPerSecond !== undefined && { templatePatch: madeFor(voicemailsPerSecond) }),
  });
  const told = { deadLetters: 0, invocations: 0, readers: 0, failed: 0, calls: 0, refused: 0 };
  const readers = simulator.deployment.idOf('AWS::Lambda::Function', 'contact-records');
  simulator.happenings.listen((one) => {
    if (one.kind === 'dead-letter') told.deadLetters += 1;
    if (one.kind === 'invocation') told.invocations += 1;
    if (one.kind === 'invocation' && one.error) told.failed += 1;
    if (one.kind === 'invocation' && JSON.stringify(one).includes(readers)) told.readers += 1;
    if (one.kind !== 'api-call' || one.about.length === 0) return;
    told.calls += 1;
    if (one.status === 429) told.refused += 1;
  });
  const before = process.cpuUsage();
  const contactIds: string[] = [];
  for (let index = 0; index < voicemails; index += 1) {
    contactIds.push(leaveVoicemail(simulator, 'task', 2));
    if (perSecond !== Infinity) await simulator.clock.sleep(1000 / perSecond);
  }
  await untilSettled(simulator, contactIds, PATIENCE_MS);
  const { user, system } = process.cpuUsage(before);
  const { lost, doubled } = countDeliveries(simulator, contactIds, SAID);
  const differing = await ledgerFaults(simulator, contactIds);
  const each = (count: number) => (count / voicemails).toFixed(2);
  const line = [
    `${run.name}: ${voicemails} voicemails, ${lost.length} lost, ${doubled.length} doubled, ${told.deadLetters} dead letters, ledger differs ${differing.length}`,
    `${each(told.calls)} calls each (${told.refused} refused), ${each(told.invocations)} invocations each (${told.failed} failed; ${told.readers} of contact-records)`,
    `hang-up to task ${waits(simulator, contactIds)}`,
    `${each((user + system) / 1000)} ms of CPU each`,
  ].join('; ');
  await simulator.close();
  return line;
}

/** The template as the setting makes it. A test holds `QUEUE_WORKERS` against the stack. */
function madeFor(voicemailsPerSecond: number): (template: unknown) => unknown {
  return (template) => {
    const workers = Object.values(QUEUE_WORKERS);
    const text = JSON.stringify(template).replaceAll(/"MaximumConcurrency":(\d+)/g, (_, was: string) => {
      const found = workers.filter(({ atLeast }) => atLeast === Number(was));
      const most = found.map((one) => workersAtOnce(one, { ...sample, voicemailsPerSecond }));
      return `"MaximumConcurrency":${Math.max(...most)}`;
    });
    return JSON.parse(text);
  };
}
