import { parseArgs } from 'node:util';
import { leaveVoicemail, SAID, startStack, untilSettled } from '../faults/cloud.ts';
import { countDeliveries } from '../faults/count-deliveries.ts';
import { ledgerFaults } from '../faults/ledger-faults.ts';
import { overtakers, spread, waits } from './waits.ts';

/**
 * Calls that all come at the same moment, or within a short time, in simulated time: their results, and how
 * fairly they wait if Amazon Connect allows two tasks a second.
 *
 *     node test/load/burst.ts [--calls 2000] [--within 0] [--throttled]
 *
 * `--within`: seconds from the first call to the last. Exit code 1 if one was lost, doubled or
 * became a dead letter.
 */
const PATIENCE_MS = 24 * 3_600_000;

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '2000' },
    within: { type: 'string', default: '0' },
    throttled: { type: 'boolean', default: false },
  },
});
const [calls, withinSeconds] = [Number(values.calls), Number(values.within)];

const simulator = await startStack({ connectThrottle: values.throttled });
const told = { deadLetters: 0, invocations: 0, failures: 0, refused: 0 };
simulator.happenings.listen((one) => {
  if (one.kind === 'dead-letter') told.deadLetters += 1;
  if (one.kind === 'invocation') told.invocations += 1;
  if (one.kind === 'invocation' && one.error) told.failures += 1;
  if (one.kind === 'api-call' && one.status === 429) told.refused += 1;
});

const startedAtMs = performance.now();
const contactIds: string[] = [];
for (let index = 0; index < calls; index += 1) {
  contactIds.push(leaveVoicemail(simulator, 'task', 2));
  if (withinSeconds > 0) await simulator.clock.sleep((withinSeconds * 1000) / calls);
}
await untilSettled(simulator, contactIds, PATIENCE_MS);

const { lost, doubled } = countDeliveries(simulator, contactIds, SAID);
const differing = await ledgerFaults(simulator, contactIds);
console.log(
  `${calls} calls within ${withinSeconds} s${values.throttled ? ', two tasks a second' : ''}: ${lost.length} lost, ` +
    `${doubled.length} doubled, ${told.deadLetters} dead letters, ledger differs ${differing.length}; ` +
    `${told.invocations} invocations, ${told.failures} failed, ${told.refused} calls refused, ` +
    `${((performance.now() - startedAtMs) / 1000).toFixed(0)} s`,
);
console.log(`hang-up to task: ${waits(simulator, contactIds)}`);
console.log(`overtaken by: ${spread(overtakers(simulator, contactIds))}`);
await simulator.close();
process.exitCode = lost.length + doubled.length + told.deadLetters > 0 ? 1 : 0;
