import { report, speech, startCloud, voicemail } from './tree.ts';

/**
 * Voicemails a second with 32 under way at once, messages of five seconds, the simulated cloud on the same cores; and
 * the CPU of one, which tells more on a machine that has other things to do. The first ones, with cold functions, apart.
 */
const COUNT = 250;
const AT_ONCE = 32;
const WARM_UP = 60;

const simulator = await startCloud();
const message = speech(5);
const beforeFirst = process.cpuUsage();
await through(WARM_UP);
const first = process.cpuUsage(beforeFirst);
const [all, cloud] = [process.cpuUsage(), process.threadCpuUsage()];
const startedAtMs = performance.now();
await through(COUNT);
const seconds = (performance.now() - startedAtMs) / 1000;
const allMs = milliseconds(process.cpuUsage(all));
const cloudMs = milliseconds(process.threadCpuUsage(cloud));
await simulator.close();
report({
  'Voicemails a second, simulator included': COUNT / seconds,
  'CPU of one of them, ms': allMs / COUNT,
  'of this, the thread of the simulated cloud, ms': cloudMs / COUNT,
  'CPU of one of the first 60, with cold functions, ms': milliseconds(first) / WARM_UP,
});

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

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
