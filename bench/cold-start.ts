import { join } from 'node:path';
import { synthesize } from '../scripts/synth.ts';
import { bundleLoads } from './against/load-bundle.ts';

/**
 * The cost of each bundle in a cold start: CPU milliseconds to load it, in a process of its own, without
 * Node's own start. The least and the median of several runs; the machine's noise only ever adds.
 *
 *     node bench/cold-start.ts [runs]
 */
const RUNS = Number(process.argv[2] ?? 7);
const TARGET_MS = 150;

const built = await synthesize({ folder: join('dist', 'bench') });
const loads = bundleLoads(built);
console.log(`bundle                   size      load: least  median of ${RUNS}   target ${TARGET_MS} ms CPU`);
for (const { name, sizeBytes } of built.functions) {
  const runs = Array.from({ length: RUNS }, () => loads(name)).toSorted((a, b) => a - b);
  const median = runs[Math.floor(RUNS / 2)] ?? 0;
  const cells = [
    name.padEnd(22),
    `${(sizeBytes / 1024).toFixed(0)} KiB`.padStart(9),
    `${runs[0]?.toFixed(0)} ms`.padStart(12),
    `${median.toFixed(0)} ms`.padStart(9),
  ];
  console.log(cells.join(''));
}
