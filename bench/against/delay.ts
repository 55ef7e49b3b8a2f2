import { USUAL_MS } from '../../cli/cost/model/assumptions.ts';
import { report, speech, startCloud, voicemail } from './tree.ts';

/**
 * From the hang-up to the task, in simulated time: each call takes what AWS's services usually take within a Region,
 * an event half a second. The transcription, the contact record and the hops of queues take none. The figures are
 * assumptions; both trees get the same.
 */
const EVENTS_MS = 500;
const COUNT = 15;

const simulator = await startCloud({
  delays: { eventsMs: EVENTS_MS },
  faults: { rules: Object.entries(USUAL_MS).map(([service, slowMs]) => ({ service, fault: { slowMs } })) },
});
const hungUpAtMs = new Map<string, number>();
const tasks: { readonly contactId: string; readonly atMs: number }[] = [];
simulator.happenings.listen((one) => {
  if (one.kind === 'hang-up') hungUpAtMs.set(one.contactId, one.atMs);
  if (one.kind === 'task-created') tasks.push({ contactId: one.contactId, atMs: one.atMs });
});
const message = speech();
const tookMs: number[] = [];
for (let i = 0; i < COUNT; i++) {
  const contactId = await voicemail(simulator, message);
  const task = tasks.at(-1);
  tookMs.push((task?.atMs ?? Number.NaN) - (hungUpAtMs.get(contactId) ?? Number.NaN));
}
await simulator.close();
report({
  'Hang-up to task, simulated ms': tookMs.toSorted((a, b) => a - b)[Math.floor(COUNT / 2)] ?? Number.NaN,
});
