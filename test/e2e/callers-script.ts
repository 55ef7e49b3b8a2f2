import type { Simulator } from '../../simulator/simulator.ts';
import { fileAt, samplesOf, spokenNoise } from './laptop.ts';

type CallOrder = Parameters<Simulator['connect']['call']>[0];
type Step = CallOrder['script'][number];
type Task = ReturnType<Simulator['connect']['tasks']>[number];

/** Through the menus of the test flow: how to deliver, and to whom. */
export function throughTheMenus(mode: '1' | '2' | '3', recipient: '1' | '2' = '1'): Step[] {
  return [
    { kind: 'hear', what: 'voicemail test', until: 'begun' },
    { kind: 'press', keys: mode },
    { kind: 'hear', what: 'for a queue', until: 'begun' },
    { kind: 'press', keys: recipient },
  ];
}

/** Waits for the tone, and speaks. */
export function afterTheTone(audio: Int16Array): Step[] {
  return [
    { kind: 'hear', what: '(tone)' },
    { kind: 'say', audio },
  ];
}

export const MESSAGE = spokenNoise(3);

/** The recording that a task links to, as a player gets it. */
export async function recordingOf(task: Task): Promise<Int16Array> {
  return samplesOf(await fileAt(task.references['Recording']?.value));
}

/** Where in a recording something is said, in samples; -1 where it is not, to the last sample. */
export function placeOf(said: Int16Array, recording: Int16Array): number {
  const [start = 0] = said;
  for (let at = recording.indexOf(start); at >= 0; at = recording.indexOf(start, at + 1)) {
    if (said.every((sample, index) => recording[at + index] === sample)) return at;
  }
  return -1;
}
