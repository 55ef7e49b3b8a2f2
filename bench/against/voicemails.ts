import { report, speech, startCloud, voicemail } from './tree.ts';

/**
 * CPU of the functions and of the simulated cloud, and AWS calls of the functions, for one voicemail, all warm.
 * Functions run in threads of their own: what the process takes beyond its main thread is theirs.
 */
const WARM_UP = 8;
const COUNT = 40;

const simulator = await startCloud();
const message = speech();
for (let i = 0; i < WARM_UP; i++) await voicemail(simulator, message);

let calls = 0;
simulator.happenings.listen((one) => {
  if (one.kind === 'api-call' && !one.caller.startsWith('arn:')) calls += 1;
});
const [all, cloud] = [process.cpuUsage(), process.threadCpuUsage()];
for (let i = 0; i < COUNT; i++) await voicemail(simulator, message);
const allMs = milliseconds(process.cpuUsage(all));
const cloudMs = milliseconds(process.threadCpuUsage(cloud));
await simulator.close();

report({
  'CPU of all functions, warm, ms': (allMs - cloudMs) / COUNT,
  'CPU of the simulated cloud, ms': cloudMs / COUNT,
  'AWS calls': calls / COUNT,
});

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
