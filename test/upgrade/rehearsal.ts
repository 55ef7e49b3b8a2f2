import assert from 'node:assert/strict';
import type { Ending } from '../ending.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { chance } from '../../simulator/faults/chance.ts';
import type { FaultPlan, FaultRule } from '../../simulator/faults/fault-plan.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { leaveVoicemail, MODES, openOf, SAID, untilSettled } from '../faults/cloud.ts';
import { type Count, countDeliveries } from '../faults/count-deliveries.ts';
import { ledgerFaults } from '../faults/ledger-faults.ts';
import { redriveAll } from '../faults/redrive.ts';

const STACK = 'VoicemailExpress';

/** What AWS takes, in simulated time: an update of some sixty resources takes a minute. */
const DELAYS = {
  resourceMs: 1_000,
  contactRecordMs: 500,
  eventsMs: 200,
  transcriptionMs: 2_000,
  indexMs: 5_000,
  indexItemMs: 100,
};
/** How long callers go on. Then CloudFormation is still at work, or has just ended. */
const UPDATE_MS = 60_000;
/** By then a voicemail waits in the queue in which it is held. */
const HELD_MS = 3_600_000;
/** Messages of that length fail to be transcribed. */
const UNTRANSCRIBED_SECONDS = 3;
const BYTES_PER_SECOND = 16_000;
/** A task or mail that comes later than that after the others does not come. */
const LATE_MS = 900_000;
const MOST_OPEN = 60;
const PATIENCE_MS = 30 * 3_600_000;

/** Where a voicemail can be made to wait: the outputs of the queues begin with these. */
const QUEUES = ['Recording', 'Transcription', 'TranscriptionFailed', 'Delivery'] as const;
type Queue = (typeof QUEUES)[number];

/** Whose calls are refused for a voicemail to wait in its queue. */
const READ_BY: Readonly<Record<Queue, string>> = {
  Recording: 'save-recording',
  Transcription: 'start-transcription',
  TranscriptionFailed: 'transcription-failed',
  Delivery: 'deliver-voicemail',
};

export interface RehearsalTotals extends Count {
  /** Voicemails whose transcription was made to fail. */
  readonly untranscribed: readonly string[];
  readonly ledgerFaults: readonly string[];
  /** How many came in while CloudFormation was at work. */
  readonly during: number;
  readonly redriven: number;
}

/** An account whose stack changes while callers leave voicemails. */
export interface Rehearsal {
  readonly simulator: Simulator;
  /** So many callers, one after the other. */
  readonly leave: (count: number) => Promise<void>;
  /** One voicemail for each queue between the steps, which waits there until the next deployment has ended. */
  readonly fillQueues: () => Promise<void>;
  /** Deploys, with so many callers while CloudFormation is at work, and something in each queue when it begins. */
  readonly during: (deploy: () => Promise<unknown>, callers: number) => Promise<void>;
  /** Waits until nothing is on its way any more, and counts. */
  readonly end: () => Promise<RehearsalTotals>;
}

export async function startRehearsal(
  t: Ending,
  { assemblyFolder, seed, faults = {} }: { assemblyFolder: string; seed: number; faults?: FaultPlan },
): Promise<Rehearsal> {
  const account = await startSimulator({
    world: configuredWorld(),
    state: SAMPLE_STATE,
    time: 'fast',
    delays: DELAYS,
    recognizer: createStandInRecognizer(transcriptOf),
    faults,
  });
  t.after(account.close);
  await account.deploy({ assemblyFolder });
  const simulator: Simulator = {
    ...account,
    get deployment() {
      return account.deployed(STACK);
    },
  };
  return rehearsalOf(simulator, { seed, faults });
}

function transcriptOf({ length }: Uint8Array): string {
  if (length > (UNTRANSCRIBED_SECONDS - 0.5) * BYTES_PER_SECOND) throw new Error('nothing is understood');
  return SAID;
}

function rehearsalOf(simulator: Simulator, { seed, faults }: { seed: number; faults: FaultPlan }): Rehearsal {
  const { clock } = simulator;
  const left: string[] = [];
  const untranscribed: string[] = [];
  const rules: FaultRule[] = [];
  let during = 0;

  /** About every tenth cannot be transcribed. */
  function leaveOne({
    isUntranscribed = chance(seed, 'untranscribed', left.length) < 0.1,
    mode = modeOf(left.length),
  } = {}) {
    const contactId = leaveVoicemail(simulator, mode, isUntranscribed ? UNTRANSCRIBED_SECONDS : 1);
    left.push(contactId);
    if (isUntranscribed) untranscribed.push(contactId);
    return contactId;
  }

  async function pause(gapMs: number): Promise<void> {
    await clock.sleep(gapMs * (0.5 + chance(seed, 'pause', left.length)));
    while (openOf(simulator, left).length >= MOST_OPEN + rules.length) await clock.sleep(1_000);
  }

  return {
    simulator,
    async leave(count) {
      for (let one = 0; one < count; one += 1) {
        leaveOne();
        await pause(1_000);
      }
    },
    async fillQueues() {
      const held = QUEUES.map((queue) => {
        const about = leaveOne({ isUntranscribed: queue === 'TranscriptionFailed', mode: 'task' });
        const caller = simulator.deployment.idOf('AWS::Lambda::Function', READ_BY[queue]);
        rules.push({ caller, about, fault: 'throttle' });
        return [queue, about] as const;
      });
      simulator.faults.set({ ...faults, rules });
      const untilMs = clock.now() + HELD_MS;
      while (!held.every(([queue, contactId]) => isIn(queue, contactId, simulator))) {
        assert.ok(clock.now() < untilMs, 'a voicemail is not in the queue in which it is held');
        await clock.sleep(1_000);
      }
    },
    async during(deploy, callers) {
      // Publishing takes the machine's time: the simulator's must not run away from it.
      const release = clock.busy();
      const begun = begins(simulator, release);
      const progress = { hasEnded: false };
      const deployed = deploy().finally(() => {
        progress.hasEnded = true;
        release();
      });
      await Promise.race([begun, deployed.catch(() => {})]);
      for (let one = 0; one < callers && !progress.hasEnded; one += 1) {
        leaveOne();
        during += 1;
        await pause(UPDATE_MS / callers);
      }
      await deployed.catch(() => {});
      rules.length = 0;
      simulator.faults.set(faults);
      await deployed;
    },
    end: async () => ({ ...(await settled(simulator, left)), untranscribed, during }),
  };
}

/** Waits until nothing is on its way, puts dead letters back once, and counts. */
async function settled(simulator: Simulator, left: readonly string[]) {
  await untilSettled(simulator, left, PATIENCE_MS);
  simulator.faults.clear();
  const redriven = await redriveAll(simulator);
  await untilSettled(simulator, left, PATIENCE_MS);
  await simulator.clock.sleep(LATE_MS);
  return {
    ...countDeliveries(simulator, left, SAID),
    ledgerFaults: await ledgerFaults(simulator, left),
    redriven,
  };
}

function modeOf(index: number) {
  return MODES[index % MODES.length] ?? MODES[0];
}

/** When CloudFormation begins to change the stack. Something waits in each queue then. */
async function begins(simulator: Simulator, release: () => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = simulator.happenings.listen((one) => {
      if (one.kind !== 'api-call' || one.operation !== 'ExecuteChangeSet') return;
      stop();
      resolve();
    });
  });
  for (const queue of QUEUES) assert.ok(isIn(queue, '', simulator), `nothing waits in ${queue}`);
  release();
}

/** Whether a message of a queue, one that is worked on included, is about a contact. */
function isIn(queue: Queue, contactId: string, { deployment, sqs }: Simulator): boolean {
  const url = deployment.outputs[`${queue}QueueUrl`];
  const found = Object.values(deployment.queues).find((one) => one.url === url);
  return sqs.messages(found?.arn ?? '').some(({ body }) => body.includes(contactId));
}
