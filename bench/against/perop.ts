import { report, speech, startCloud, voicemail } from './tree.ts';
const simulator = await startCloud();
const message = speech();
for (let i = 0; i < 4; i++) await voicemail(simulator, message);
const n: Record<string, number> = {};
simulator.happenings.listen((one) => {
  if (one.kind === 'api-call' && !one.caller.startsWith('arn:')) { const k = one.caller.slice(0,14)+' '+one.operation; n[k] = (n[k] ?? 0) + 1; }
});
const N = 20;
for (let i = 0; i < N; i++) await voicemail(simulator, message);
await simulator.close();
let t = 0;
for (const [k, v] of Object.entries(n)) { console.log(k, v / N); t += v; }
console.log('total', t / N);
