import assert from 'node:assert/strict';
import { after } from 'node:test';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { stackForTests } from '../../scripts/synth.ts';
import { watchProgress } from '../../laptop/watch-progress.ts';
import type { Happening } from '../../simulator/happenings.ts';
import { createModelCheck } from '../../simulator/models/model-check.ts';
import type { SimulatorOptions } from '../../simulator/options.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { warningsWithoutContact } from '../warnings.ts';

export { spokenNoise } from './spoken-noise.ts';

const { assemblyFolder } = await stackForTests();
export const BILLING_ARN = `${configuredWorld().instanceArn}/queue/${configuredWorld().queues[0]?.id}`;
export const CALLER = '+15555550142';
/** The same as people read it. */
export const CALLER_SHOWN = '+1 555 555 0142';

/** Tests put it into names and words of callers: it must not be in any log. */
const CANARY = /Zz9_canary/;

interface LaptopOptions extends Partial<SimulatorOptions> {
  readonly listening?: 'for real';
  /** Absent: the functions write the essential metrics, as the sample settings say. */
  readonly metrics?: 'full';
}

/** The template with functions that write every metric. Its alarms stay the essential ones. */
function countAll(template: unknown): unknown {
  const text = JSON.stringify(template);
  return JSON.parse(text.replaceAll('"VMX_METRICS":"essential"', '"VMX_METRICS":"full"'));
}

/**
 * The simulator with the synthesized stack and its real bundles, in fast time, with a recognizer that
 * answers at once. Closed at the end of the test file.
 */
export async function startLaptop(options: LaptopOptions = {}) {
  const { listening, metrics, ...changes } = options;
  const happenings: Happening[] = [];
  const check = createModelCheck();
  const simulator = await startSimulator({
    assemblyFolder,
    world: configuredWorld(),
    time: 'fast',
    onAnswer: check.see,
    ...(listening !== 'for real' && { recognizer: createStandInRecognizer('please call me back') }),
    ...changes,
    ...(metrics === 'full' && {
      templatePatch: (template: unknown) => changes.templatePatch?.(countAll(template)) ?? countAll(template),
    }),
  });
  simulator.happenings.listen((happening) => void happenings.push(happening));
  after(async () => {
    await simulator.close();
    check.end();
    nothingPersonalIsLogged(happenings);
    const lines = happenings.flatMap((one) => (one.kind === 'log' ? [one.line] : []));
    assert.deepEqual(warningsWithoutContact(lines), []);
  });
  return { simulator, happenings, ...waiting(simulator) };
}

/** Numbers, the words of the stand-in recognizer, links to recordings, and signed URLs. */
const PERSONAL = [/\+1\d{10}/, /please call me back/i, /\/r\/[\w.-]{40,}/, /X-Amz-Signature/i, CANARY];

/** After every test file: no function's log has words of callers or links to recordings. */
function nothingPersonalIsLogged(happenings: readonly Happening[]): void {
  for (const one of happenings) {
    if (one.kind !== 'log') continue;
    for (const telling of PERSONAL) assert.doesNotMatch(one.line, telling, `a line of ${one.functionId}`);
  }
}

/** The simulator's time: a result after a day does not belong to the test. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

function waiting(simulator: Simulator) {
  /** Waits until `holds` returns a value; calls it again after every happening. */
  function until<Found>(what: string, holds: () => Found | undefined): Promise<Found> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = holds();
        if (found === undefined || found === false) return;
        stopWatching();
        stopListening();
        resolve(found);
      };
      const onEnd = (why: string) => {
        stopListening();
        reject(new Error(`did not happen: ${what}: ${why}`));
      };
      const stopWatching = watchProgress(simulator, { longestMs: LONGEST_WAIT_MS, onEnd });
      const stopListening = simulator.happenings.listen(() => setImmediate(look));
      look();
    });
  }

  const tasksOf = (contactId: string) =>
    simulator.connect.tasks().filter(({ relatedContactId }) => relatedContactId === contactId);

  /** The first contact record of a call on the data stream. */
  function findRecord(contactId: string): string | undefined {
    const { contactRecordStreamArn: stream } = simulator.connect.world;
    const records = simulator.kinesis
      .shards(stream)
      .flatMap((shard) => simulator.kinesis.read(stream, shard, undefined, 10_000));
    return records
      .map(({ data }) => Buffer.from(data).toString())
      .find((one) => one.includes(`"ContactId":"${contactId}"`));
  }

  return {
    until,
    tasksOf,
    recorded: (contactId: string) => until('the contact record', () => findRecord(contactId)),
    taskOf: (contactId: string) => until('the task', () => tasksOf(contactId)[0]),
    /** Waits until the flag is reset and the ledger has noted the delivery, which is the last action. */
    settled: async (contactId: string) => {
      await until(
        'the flag to be reset',
        () => simulator.connect.contact(contactId).attributes['vmx3_flag'] === '0',
      );
      await simulator.clock.sleep(1000);
    },
  };
}

/** The most visits to a link that answers "try again in a minute". */
const MOST_VISITS = 20;

/**
 * The file that a link to a recording leads to. On a busy machine the function behind it can time out and
 * answer with a page and 503: then the link is visited again.
 */
export async function fileAt(link: string | undefined): Promise<Uint8Array> {
  assert.ok(link, 'there is no link to the recording');
  let answer = await fetch(link);
  for (let visits = 1; answer.status === 503 && visits < MOST_VISITS; visits += 1) {
    await answer.body?.cancel();
    answer = await fetch(link);
  }
  assert.equal(answer.status, 200, 'the link does not lead to the recording');
  return new Uint8Array(await answer.arrayBuffer());
}

/** The samples of a WAV file of ours: 44 header bytes, then signed 16-bit little-endian, as this machine has them. */
export function samplesOf(wav: Uint8Array): Int16Array {
  return new Int16Array(wav.slice(44).buffer);
}
