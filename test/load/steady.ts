import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { leaveVoicemail, MODES, openOf, SAID, startStack } from '../faults/cloud.ts';
import { countDeliveries } from '../faults/count-deliveries.ts';
import { ledgerFaults } from '../faults/ledger-faults.ts';
import { waits } from './waits.ts';

/**
 * Voicemails at a steady pace, minute after minute, in the machine's own time, with nothing that delays
 * them: their number, their results, and the memory of the functions.
 *
 *     node test/load/steady.ts [--rate 10] [--minutes 10] [--seconds 5]
 *
 * `--seconds`: how long the messages are.
 * Exit code 1 if one was lost or doubled.
 */
const MINUTE_MS = 60_000;
/** A voicemail that is not delivered after this time counts as lost. */
const PATIENCE_MS = 10 * MINUTE_MS;

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '10' },
    minutes: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '5' },
  },
});
const [rate, minutes, seconds] = [Number(values.rate), Number(values.minutes), Number(values.seconds)];

const simulator = await startStack({ time: 'real' });
const contactIds: string[] = [];
const deadLetters = { count: 0 };
simulator.happenings.listen(({ kind }) => {
  if (kind === 'dead-letter') deadLetters.count += 1;
});

const startedAtMs = performance.now();
const [cpuAtStart, mainAtStart] = [process.cpuUsage(), process.threadCpuUsage()];
for (let minute = 1; minute <= minutes; minute += 1) {
  await callersOfAMinute(startedAtMs + (minute - 1) * MINUTE_MS);
  await tellMinute(minute);
}
await untilDelivered();
const tookMs = performance.now() - startedAtMs;

const { lost, doubled, sentAgainWithNote, withoutTranscript } = countDeliveries(simulator, contactIds, SAID);
const faults = await ledgerFaults(simulator, contactIds);
const [all, main] = [process.cpuUsage(cpuAtStart), process.threadCpuUsage(mainAtStart)];
console.log(
  `${contactIds.length} voicemails in ${(tookMs / 1000).toFixed(0)} s; ${lost.length} lost, ${doubled.length} doubled, ${sentAgainWithNote.length} sent again, ` +
    `${withoutTranscript.length} without transcript, ${deadLetters.count} dead letters, ledger differs ${faults.length}`,
);
console.log(`hang-up to delivery: ${waits(simulator, contactIds)}`);
console.log(
  `CPU per voicemail: ${perVoicemail(all)} ms, of which the simulated cloud ${perVoicemail(main)} ms`,
);
await simulator.close();
process.exitCode = lost.length + doubled.length + faults.length > 0 ? 1 : 0;

/** One after the other, at their due times: a late call does not delay the next one. */
async function callersOfAMinute(fromMs: number): Promise<void> {
  for (let index = 0; index < rate * 60; index += 1) {
    const dueInMs = fromMs + (index * 1000) / rate - performance.now();
    if (dueInMs > 0) await sleep(dueInMs);
    const mode = MODES[contactIds.length % MODES.length] ?? MODES[0];
    contactIds.push(leaveVoicemail(simulator, mode, seconds));
  }
}

async function tellMinute(minute: number): Promise<void> {
  const open = openOf(simulator, contactIds).length;
  const heaps = [...(await simulator.lambda.heapBytes())].map(([functionId, bytes]) => {
    const [name] = functionId.split('Function');
    return `${name} ${megabytes(bytes)}`;
  });
  const { rss, heapUsed } = process.memoryUsage();
  console.log(
    `minute ${minute}: ${contactIds.length} left, ${open} under way; MB: process ${megabytes(rss)}, ` +
      `cloud ${megabytes(heapUsed)}, ${heaps.join(', ')}`,
  );
}

async function untilDelivered(): Promise<void> {
  const untilMs = performance.now() + PATIENCE_MS;
  while (openOf(simulator, contactIds).length > 0 && performance.now() < untilMs) await sleep(100);
}

function perVoicemail({ user, system }: NodeJS.CpuUsage): string {
  return ((user + system) / 1000 / contactIds.length).toFixed(0);
}

function megabytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(0);
}
