import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { type CallerAudio, readWav, TELEPHONE_RATE_HZ } from '../simulator/audio/read-wav.ts';
import { WavError } from '../simulator/audio/wav-content.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { configuredWorld } from './laptop.ts';
import { parseStartOptions, USAGE, type StartOptions } from './start-options.ts';
import { synthesize } from './synth.ts';
import { timelineOf } from './timeline.ts';
import { waitForDelivery, type Delivered } from './wait-for-delivery.ts';

/**
 * `npm start`: builds and synthesizes the stack, starts the simulator from it,
 * has a caller leave a message, and shows what becomes of it.
 */
const ROOT = join(import.meta.dirname, '..');
const SAMPLE = { file: join(ROOT, 'samples/missing-order.wav'), from: '+15555550142' };
const INTERRUPTED = 130;

async function main(options: StartOptions): Promise<number> {
  const audio = readMessage(options.audio ?? SAMPLE.file);
  const interrupted = new Promise<'interrupted'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve('interrupted'));
  });

  const startedAtMs = performance.now();
  const { assemblyFolder, functions } = await synthesize();
  const simulator = await startSimulator({ assemblyFolder, world: configuredWorld(), time: 'fast' });
  try {
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    console.log(`\nBuilt, synthesized and started in ${seconds} s: ${simulator.endpoint}\n`);
    const names = functions.map(({ name }) => name);
    const outcome = await Promise.race([
      playCall(simulator, { audio, from: options.from, names }),
      interrupted,
    ]);
    if (outcome === 'interrupted') return INTERRUPTED;
    show(outcome, audio.length / TELEPHONE_RATE_HZ, options);
    if (options.once) return outcome.kind === 'delivered' ? 0 : 1;
    console.log('The simulator stays up. End it with Ctrl+C.');
    await interrupted;
    return 0;
  } finally {
    await simulator.close();
  }
}

/** Throws WavError, or the file system's error, with a sentence for the person who named the file. */
function readMessage(file: string): CallerAudio {
  const audio = readWav(readFileSync(file), file);
  if (audio.length === 0) throw new WavError(`${file}: a WAV file without a single sample`);
  return audio;
}

interface DemoCall {
  readonly audio: CallerAudio;
  readonly from: string | undefined;
  /** Of the functions. */
  readonly names: readonly string[];
}

async function playCall(simulator: Simulator, { audio, from, names }: DemoCall): Promise<Delivered> {
  const nameOf = new Map(
    names.map((name) => [simulator.deployment.idOf('AWS::Lambda::Function', name), name]),
  );
  const stopListening = simulator.happenings.listen(timelineOf(console.log, nameOf));
  const { contactId } = simulator.connect.placeCall({ from: from ?? SAMPLE.from, audio });
  const outcome = await waitForDelivery(simulator, { contactId, nameOf });
  stopListening();
  return outcome;
}

function show(outcome: Delivered, spokenSeconds: number, { once }: StartOptions): void {
  if (outcome.kind === 'failed') {
    console.error(`\n${styleText('red', 'Not delivered.')} ${outcome.reasons.join('\n  ')}\n`);
    return;
  }
  const { name, description, references } = outcome.task;
  const rows = Object.entries(references).map(([label, { value }]) => `  ${label.padEnd(12)}${value}`);
  const summary = [`  ${name}`, ...rows, `  ${'Transcript'.padEnd(12)}${description}`];
  console.log(
    `\n${styleText('green', 'Delivered')}: ${spokenSeconds.toFixed(1)} s of speech became this task\n`,
  );
  console.log(`${summary.join('\n')}\n`);
  console.log(
    `The link works as long as the simulator is up${once ? ': leave out --once to follow it' : ''}.`,
  );
}

/** What a person did wrong, rather than we: an unreadable or unfit file. */
function isAboutInput(error: unknown): error is Error {
  return (
    error instanceof WavError || (error instanceof Error && 'syscall' in error && error.syscall !== 'spawn')
  );
}

const options = (() => {
  try {
    return parseStartOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
})();
if (options === 'help') console.log(USAGE);
else {
  const exitCode = await main(options).catch((error: unknown) => {
    if (!isAboutInput(error)) throw error;
    console.error(error.message);
    return 2;
  });
  // Everything is closed; what still waits for a delivery after an interruption need not be waited for.
  process.exit(exitCode);
}
