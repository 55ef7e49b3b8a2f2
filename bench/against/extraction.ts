import { loadExtractor } from '../extractors.ts';
import { inMemory, longCall } from '../long-call.ts';
import { levelMeterOfTree, report } from './tree.ts';

/** CPU to take the caller's voice out of the media of five minutes, and to measure its levels, for a minute of audio. */
const MINUTES = 5;
const ROUNDS = 15;

const call = inMemory(longCall({ minutes: MINUTES, tracks: 'caller' }));
const extract = await loadExtractor('ours');
const meterOf = async () => {
  const meter = await levelMeterOfTree();
  return (pcm: Uint8Array) => meter.add(pcm);
};
const figures: number[] = [];
for (let round = -2; round < ROUNDS; round++) {
  const measure = await meterOf();
  const before = process.cpuUsage();
  await extract(call, measure);
  const { user, system } = process.cpuUsage(before);
  if (round >= 0) figures.push((user + system) / 1000 / MINUTES);
}
report({
  'Extraction with levels, CPU ms per minute':
    figures.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN,
});
