import { performance } from 'node:perf_hooks';
import { noise, startQuickCloud } from './quick-cloud.ts';

/**
 * From the contact record to the task, in real milliseconds, in the simulator with no delays and a
 * recognizer that answers at once: one voicemail at a time, then many at once. The first ones, which start
 * the functions cold, are shown separately.
 *
 *     node bench/delivery.ts [voicemails]
 */
const COUNT = Number(process.argv[2] ?? 60);
const WARM_UP = 3;
const AT_ONCE = 10;
const SPEECH = noise(10);

const simulator = await startQuickCloud();

const recordedAtMs = new Map<string, number>();
const waiting = new Map<string, (durationMs: number) => void>();
simulator.happenings.listen((happening) => {
  if (happening.kind === 'contact-record' && !recordedAtMs.has(happening.contactId)) {
    recordedAtMs.set(happening.contactId, performance.now());
  }
  if (happening.kind !== 'task-created') return;
  const contactId =
    simulator.connect.tasks().find((task) => task.contactId === happening.contactId)?.relatedContactId ?? '';
  waiting.get(contactId)?.(performance.now() - (recordedAtMs.get(contactId) ?? 0));
});

function voicemail(): Promise<number> {
  const { contactId } = simulator.connect.placeCall({ from: '+15555550142', audio: SPEECH });
  return new Promise((resolve) => void waiting.set(contactId, resolve));
}

function show(name: string, durationsMs: readonly number[]): void {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const at = (share: number) => `${sorted[Math.ceil(share * sorted.length) - 1]?.toFixed(0)} ms`.padStart(8);
  console.log(
    `${name.padEnd(24)} n ${String(sorted.length).padStart(4)}  p50 ${at(0.5)}  p95 ${at(0.95)}  max ${at(1)}`,
  );
}

const cold: number[] = [];
for (let i = 0; i < WARM_UP; i++) cold.push(await voicemail());
show('first ones, cold', cold);

const single: number[] = [];
for (let i = 0; i < COUNT; i++) single.push(await voicemail());
show('one at a time', single);

const startedAtMs = performance.now();
const many: number[] = [];
for (let i = 0; i < COUNT; i += AT_ONCE)
  many.push(...(await Promise.all(Array.from({ length: AT_ONCE }, voicemail))));
show(`${AT_ONCE} at once`, many);
const seconds = (performance.now() - startedAtMs) / 1000;
console.log(
  `${(COUNT / seconds).toFixed(1)} voicemails a second; target p50 150 ms, p95 400 ms, one at a time`,
);
await simulator.close();
