import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { synthesize } from '../scripts/synth.ts';

/**
 * What each bundle costs a cold start: CPU milliseconds to load it, in a process
 * of its own, without Node's own start. The least and the median of several runs;
 * the machine's noise only ever adds.
 *
 *     node bench/cold-start.ts [runs]
 */
const RUNS = Number(process.argv[2] ?? 7);
const TARGET_MS = 150;

const MEASURE = `
  const before = process.cpuUsage();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);
  process.exit(0);
`;

/** Every setting has some value that parses; nothing is called. */
function environment(): Record<string, string> {
  const names = [...readFileSync('src/config.ts', 'utf8').matchAll(/^ {2}([A-Z_]+):/gm)].map(
    ([, name = '']) => name,
  );
  const settings = Object.fromEntries(names.map((name) => [name, valueOf(name)]));
  const powertools = { POWERTOOLS_SERVICE_NAME: 'bench', POWERTOOLS_METRICS_NAMESPACE: 'bench' };
  return { ...settings, ...powertools, AWS_REGION: 'us-east-1' };
}

function valueOf(setting: string): string {
  if (setting.endsWith('URL')) return 'http://127.0.0.1/';
  if (setting === 'AUDIO_PLACEMENT') return 'by-time';
  return /DAYS|MINUTES/.test(setting) ? '30' : 'value';
}

function loadCpuMs(file: string): number {
  const args = ['--input-type=module', '--eval', MEASURE, resolve(file)];
  return Number(execFileSync(process.execPath, args, { env: environment(), encoding: 'utf8' }));
}

const { functions } = await synthesize({ folder: join('dist', 'bench') });
console.log(`bundle                   size      load: least  median of ${RUNS}   target ${TARGET_MS} ms CPU`);
for (const { name, file, sizeBytes } of functions) {
  const runs = Array.from({ length: RUNS }, () => loadCpuMs(file)).toSorted((a, b) => a - b);
  const median = runs[Math.floor(RUNS / 2)] ?? 0;
  const cells = [
    name.padEnd(22),
    `${(sizeBytes / 1024).toFixed(0)} KiB`.padStart(9),
    `${runs[0]?.toFixed(0)} ms`.padStart(12),
    `${median.toFixed(0)} ms`.padStart(9),
  ];
  console.log(cells.join(''));
}
