import { performance } from 'node:perf_hooks';
import { noise, startQuickCloud } from './quick-cloud.ts';

/**
 * How many voicemails a second this machine takes through the whole pipeline, in the simulator with no
 * delays and a recognizer that answers at once, and what keeps its cores busy. Each step has more voicemails
 * under way at the same time.
 *
 *     node bench/throughput.ts [voicemails per step]
 */
const COUNT = Number(process.argv[2] ?? 200);
const AT_A_TIME = [1, 2, 4, 8, 16, 32];
const WARM_UP = 40;
const SPEECH = noise(5);

const simulator = await startQuickCloud();

const waiting = new Map<string, () => void>();
simulator.happenings.listen((one) => {
  if (one.kind !== 'api-call' || one.operation !== 'UpdateContactAttributes') return;
  for (const [contactId, resolve] of waiting) {
    if (simulator.connect.contact(contactId).attributes['vmx3_flag'] !== '0') continue;
    waiting.delete(contactId);
    resolve();
  }
});

await through(WARM_UP, AT_A_TIME.at(-1) ?? 1);
console.log('under way  a second  p50 ms  cores busy  ms of CPU each: all  the simulated cloud');
for (const atATime of AT_A_TIME) console.log(await step(atATime));
await simulator.close();

async function step(atATime: number): Promise<string> {
  const [all, cloud] = [process.cpuUsage(), process.threadCpuUsage()];
  const startedAtMs = performance.now();
  const durationsMs = await through(COUNT, atATime);
  const tookMs = performance.now() - startedAtMs;
  const allMs = milliseconds(process.cpuUsage(all));
  const cloudMs = milliseconds(process.threadCpuUsage(cloud));
  const median = durationsMs.toSorted((a, b) => a - b)[Math.floor(COUNT / 2)] ?? Number.NaN;
  return [
    String(atATime).padStart(9),
    ((COUNT * 1000) / tookMs).toFixed(1).padStart(8),
    median.toFixed(0).padStart(6),
    (allMs / tookMs).toFixed(1).padStart(10),
    (allMs / COUNT).toFixed(0).padStart(19),
    (cloudMs / COUNT).toFixed(0).padStart(19),
  ].join('  ');
}

/**
 * `atATime` callers; each calls again as soon as the last voicemail is delivered. Returns how long each
 * took.
 */
async function through(count: number, atATime: number): Promise<readonly number[]> {
  const durationsMs: number[] = [];
  let left = count;
  const caller = async () => {
    for (; left > 0;) {
      left -= 1;
      const startedAtMs = performance.now();
      await voicemail();
      durationsMs.push(performance.now() - startedAtMs);
    }
  };
  await Promise.all(Array.from({ length: atATime }, caller));
  return durationsMs;
}

function voicemail(): Promise<void> {
  const { contactId } = simulator.connect.placeCall({ from: '+15555550142', audio: SPEECH });
  return new Promise((resolve) => void waiting.set(contactId, resolve));
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
