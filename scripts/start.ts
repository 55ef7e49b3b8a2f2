import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { readWav, TELEPHONE_RATE_HZ } from '../simulator/audio/read-wav.ts';
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

async function main(options: StartOptions): Promise<number> {
  const file = options.audio ?? SAMPLE.file;
  const audio = readWav(readFileSync(file), file);

  const startedAtMs = performance.now();
  const { assemblyFolder, functions } = await synthesize();
  const simulator = await startSimulator({ assemblyFolder, world: configuredWorld(), time: 'fast' });
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  console.log(`\nBuilt, synthesized and started in ${seconds} s: ${simulator.endpoint}\n`);

  const { idOf } = simulator.deployment;
  const names = new Map(functions.map(({ name }) => [idOf('AWS::Lambda::Function', name), name]));
  const stopListening = simulator.happenings.listen(timelineOf(console.log, names));
  const { contactId, ended } = simulator.connect.placeCall({ from: options.from ?? SAMPLE.from, audio });
  const outcome = await Promise.race([waitForDelivery(simulator, contactId), ended.then(() => never)]);
  stopListening();
  show(outcome, audio.length / TELEPHONE_RATE_HZ);

  if (options.once) {
    await simulator.close();
    return outcome.kind === 'delivered' ? 0 : 1;
  }
  return stayUp(simulator);
}

const never = new Promise<never>(() => {});

function show(outcome: Delivered, spokenSeconds: number): void {
  if (outcome.kind === 'failed') {
    console.error(`\n${styleText('red', 'Not delivered.')} ${outcome.reason}\n`);
    return;
  }
  const { name, description, references } = outcome.task;
  const rows = Object.entries(references).map(([label, { value }]) => `  ${label.padEnd(12)}${value}`);
  const summary = [`  ${name}`, ...rows, `  ${'Transcript'.padEnd(12)}${description}`];
  console.log(
    `\n${styleText('green', 'Delivered')}: ${spokenSeconds.toFixed(1)} s of speech became this task\n`,
  );
  console.log(`${summary.join('\n')}\n`);
}

/** Until Ctrl+C; the link works as long as the simulator is up. */
async function stayUp(simulator: Simulator): Promise<number> {
  console.log('The simulator stays up, and the link above works. End it with Ctrl+C.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await simulator.close();
  return 0;
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
  process.exitCode = await main(options).catch((error: unknown) => {
    if (!(error instanceof WavError) && !(error instanceof Error && 'path' in error)) throw error;
    console.error(error.message);
    return 2;
  });
}
