import { parseArgs } from 'node:util';
import { measureLedger } from './scale/ledger.ts';
import { measureLoad, type LoadRun } from './scale/load.ts';

/**
 * What docs/scale.md says was measured: loads, shards, two stacks in one account, and how much commands read of a
 * ledger. On this machine alone, in simulated time, with counted calls and the process's CPU time.
 *
 *     node bench/scale.ts [--only rates,shards,stacks,ledger] [--entries 100,10000,100000]
 *
 * A million entries take some 6 GB: `node --max-old-space-size=9000 bench/scale.ts --only ledger --entries 1000000`.
 */
const PARTS = ['rates', 'shards', 'stacks', 'ledger'];

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: PARTS.join() },
    entries: { type: 'string', default: '100,10000,100000' },
  },
});
const parts = values.only.split(',');
const unknown = parts.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) throw new Error(`--only ${unknown.join()}: there are ${PARTS.join()}`);

const RATES: readonly LoadRun[] = [
  { name: '1 a second', perSecond: 1, voicemails: 60 },
  { name: '10 a second', perSecond: 10, voicemails: 200, voicemailsPerSecond: 15 },
  { name: '35 a second', perSecond: 35, voicemails: 350, voicemailsPerSecond: 53 },
];
const SHARDS: readonly LoadRun[] = [1, 4, 16].map((shards) => ({
  name: `${shards} shards`,
  perSecond: 35,
  voicemails: 200,
  voicemailsPerSecond: 53,
  shards,
}));
/** All at once, while Amazon Connect allows two tasks a second. */
const STACKS: readonly LoadRun[] = [
  { name: 'one stack', voicemails: 200, isThrottled: true },
  { name: 'as many workers as two stacks have', voicemails: 200, isThrottled: true, voicemailsPerSecond: 4 },
];

const runs = { rates: RATES, shards: SHARDS, stacks: STACKS };
for (const [part, ofPart] of Object.entries(runs)) {
  if (!parts.includes(part)) continue;
  console.log(`\n${part}`);
  for (const run of ofPart) console.log(await measureLoad(run));
}
if (parts.includes('ledger')) {
  console.log('\nledger: what is asked, its calls, pages, items read, and milliseconds of CPU');
  for (const entries of values.entries.split(',').map(Number))
    for (const line of await measureLedger(entries)) console.log(line);
}
