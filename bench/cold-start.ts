import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { synthesize } from '../scripts/synth.ts';

/**
 * The cost of each bundle in a cold start: CPU milliseconds to load it, in a process of its own, without
 * Node's own start. The least and the median of several runs; the machine's noise only ever adds.
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

interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Metadata?: { readonly 'aws:cdk:path'?: string };
        readonly Properties?: {
          readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
        };
      }
    >
  >;
}

/**
 * The function's own settings; values that only CloudFormation knows are placeholders that parse. Nothing is
 * called.
 */
function environmentOf(name: string, { Resources }: Template): Record<string, string> {
  const fn = Object.values(Resources).find(({ Metadata }) =>
    Metadata?.['aws:cdk:path']?.endsWith(`/${name}/Function/Resource`),
  );
  const variables = Object.entries(fn?.Properties?.Environment?.Variables ?? {}).map(([key, value]) => {
    const resolved = key.endsWith('URL') ? 'http://127.0.0.1/' : 'value';
    return [key, typeof value === 'string' ? value : resolved];
  });
  return { ...Object.fromEntries(variables), AWS_REGION: 'us-east-1' };
}

function loadCpuMs(file: string, env: Record<string, string>): number {
  const args = ['--input-type=module', '--eval', MEASURE, resolve(file)];
  return Number(execFileSync(process.execPath, args, { env, encoding: 'utf8' }));
}

const { functions, templateFile } = await synthesize({ folder: join('dist', 'bench') });
const template: Template = JSON.parse(readFileSync(templateFile, 'utf8'));
console.log(`bundle                   size      load: least  median of ${RUNS}   target ${TARGET_MS} ms CPU`);
for (const { name, file, sizeBytes } of functions) {
  const runs = Array.from({ length: RUNS }, () => loadCpuMs(file, environmentOf(name, template))).toSorted(
    (a, b) => a - b,
  );
  const median = runs[Math.floor(RUNS / 2)] ?? 0;
  const cells = [
    name.padEnd(22),
    `${(sizeBytes / 1024).toFixed(0)} KiB`.padStart(9),
    `${runs[0]?.toFixed(0)} ms`.padStart(12),
    `${median.toFixed(0)} ms`.padStart(9),
  ];
  console.log(cells.join(''));
}
