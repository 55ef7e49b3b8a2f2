import { configuredWorld } from '../laptop/configured-world.ts';
import { synthesizeForRun } from '../scripts/synth.ts';
import { createStandInRecognizer } from '../simulator/recognizer/stand-in-recognizer.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';

/** The stack as it is now, with no delays, and a recognizer that answers at once. */
export async function startQuickCloud(): Promise<Simulator> {
  const { assemblyFolder } = await synthesizeForRun();
  return startSimulator({
    assemblyFolder,
    world: configuredWorld(),
    time: 'fast',
    recognizer: createStandInRecognizer('please call me back'),
  });
}

/** Loud enough not to count as silence. */
export function noise(seconds: number): Int16Array {
  return new Int16Array(seconds * 8000).map((_, index) => Math.imul(index + 1, 0x9e37_79b1) >> 16);
}
