import { report, speech, startCloud, voicemail } from './tree.ts';

/** Voicemails a second with 32 under way at once, messages of five seconds, the simulated cloud on the same cores. */
const COUNT = 250;
const AT_ONCE = 32;
const WARM_UP = 60;

const simulator = await startCloud();
const message = speech(5);
await through(WARM_UP);
const startedAtMs = performance.now();
await through(COUNT);
const seconds = (performance.now() - startedAtMs) / 1000;
await simulator.close();
report({ 'Voicemails a second, simulator included': COUNT / seconds });

async function through(count: number): Promise<void> {
  let left = count;
  const caller = async () => {
    for (; left > 0;) {
      left -= 1;
      await voicemail(simulator, message);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
}
