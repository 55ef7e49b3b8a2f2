import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SimulatorOptions } from '../../simulator/options.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';

/**
 * The measurements run in this tree and in an older one, into which they are copied. Here is all that they need and
 * that has moved since.
 */
const ROOT = join(import.meta.dirname, '../..');

/** `places`: paths of the same module, newest first. */
async function moved(places: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const place = places.find((one) => existsSync(join(ROOT, one)));
  if (place === undefined) throw new Error(`this tree has none of ${places.join(', ')}`);
  return await import(join(ROOT, place));
}

/** What the tree exports, taken at its word. */
const isFunction = (exported: unknown) => typeof exported === 'function';
const SYNTHESIZE = z.custom<(options: { folder: string }) => Promise<Built>>(isFunction);
const CONFIGURED_WORLD = z.custom<() => SimulatorOptions['world']>(isFunction);
const LEVEL_METER = z.custom<() => { readonly add: (pcm: Uint8Array) => void }>(isFunction);

interface Built {
  readonly assemblyFolder: string;
  readonly templateFile: string;
  readonly functions: readonly { readonly name: string; readonly file: string }[];
}

/** The stack of the settings that come with the tree, as `npm start` makes it where the tree can. */
export async function built(): Promise<Built> {
  const { synthesize, synthesizeForRun } = await moved(['scripts/synth.ts']);
  return await SYNTHESIZE.parse(synthesizeForRun ?? synthesize)({ folder: 'dist/against' });
}

type CloudOptions = Partial<Omit<SimulatorOptions, 'recognizer'>> & { readonly listening?: 'for real' };

/** In fast time. Absent `listening`: a recognizer that answers at once. */
export async function startCloud({ listening, ...options }: CloudOptions = {}): Promise<Simulator> {
  const { configuredWorld } = await moved(['laptop/configured-world.ts', 'scripts/laptop.ts']);
  const { assemblyFolder } = await built();
  return await startSimulator({
    assemblyFolder,
    world: CONFIGURED_WORLD.parse(configuredWorld)(),
    time: 'fast',
    ...(!listening && { recognizer: createStandInRecognizer('please call me back') }),
    ...options,
  });
}

/** What measures the levels of a message while it is saved. */
export async function levelMeterOfTree(): Promise<{ readonly add: (pcm: Uint8Array) => void }> {
  const { levelMeter } = await moved(['src/domain/audio/levels.ts', 'src/domain/levels.ts']);
  return LEVEL_METER.parse(levelMeter)();
}

/** One voicemail of 45 seconds, from the call to the flag that is reset. Returns the id of its contact. */
export function voicemail(simulator: Simulator, audio: Int16Array): Promise<string> {
  const { contactId } = simulator.connect.placeCall({ from: '+15555550142', audio });
  return new Promise((resolve) => {
    const stop = simulator.happenings.listen((one) => {
      if (one.kind !== 'api-call' || one.operation !== 'UpdateContactAttributes') return;
      if (simulator.connect.contact(contactId).attributes['vmx3_flag'] !== '0') return;
      stop();
      resolve(contactId);
    });
  });
}

/** Loud enough not to count as silence. */
export function speech(seconds = 45): Int16Array {
  return new Int16Array(seconds * 8000).map((_, index) => Math.imul(index + 1, 0x9e37_79b1) >> 16);
}

/** What one measurement found, by the name of its row. */
export function report(figures: Readonly<Record<string, number>>): void {
  console.log(`figures ${JSON.stringify(figures)}`);
}
