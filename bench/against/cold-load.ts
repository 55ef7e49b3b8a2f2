import { bundleLoads } from './load-bundle.ts';
import { built, report } from './tree.ts';

/** CPU to load the bundle that delivers, in a process of its own, without Node's own start and without a compile cache. */
const RUNS = 9;

const loads = bundleLoads(await built());
const figures = Array.from({ length: RUNS }, () => loads('deliver-voicemail')).toSorted((a, b) => a - b);
report({ 'Cold load of deliver-voicemail, CPU ms': figures[Math.floor(RUNS / 2)] ?? Number.NaN });
