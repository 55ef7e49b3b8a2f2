import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * This tree beside an older commit of it, in one run on one machine: the older one is checked out and installed in a
 * temporary folder, each measurement runs in both, in turns, each time in a process of its own. Prints medians and
 * ratios as a table. CPU of child processes is read from `/proc`, so it needs Linux.
 *
 *     node bench/against.ts COMMIT [--runs 5] [--only delay,load] [--tests]
 *
 * `--tests` measures `npm test` of both, once: it takes long.
 */
const ROOT = join(import.meta.dirname, '..');
/** Copied into the older tree. */
const MEASUREMENTS = 'bench/against';
/** What they reckon with, copied as well. */
const ARITHMETIC = 'cli/cost/model';

interface Measurement {
  readonly name: string;
  readonly command: readonly string[];
  /** What is measured from outside: of the command itself. Absent: it reports its own figures. */
  readonly outside?: { readonly wall?: string; readonly cpu?: string };
}

const node = (file: string, ...args: string[]) => ['node', '--expose-gc', join(MEASUREMENTS, file), ...args];
const ALL: readonly Measurement[] = [
  { name: 'voicemails', command: node('voicemails.ts') },
  { name: 'cold-load', command: node('cold-load.ts') },
  { name: 'extraction', command: node('extraction.ts') },
  { name: 'peak-60', command: peak(60), outside: {} },
  { name: 'peak-1', command: peak(1), outside: {} },
  { name: 'delay', command: node('delay.ts') },
  {
    name: 'once',
    command: ['npm', 'start', '--silent', '--', '--once'],
    outside: { wall: '`npm start -- --once`, s', cpu: '`npm start -- --once`, CPU s' },
  },
  { name: 'memory', command: asStarted('memory.ts') },
  { name: 'growth', command: asStarted('memory.ts', 'growth') },
  { name: 'fixed-cost', command: node('fixed-cost.ts') },
  { name: 'load', command: node('load.ts') },
];
const TESTS: Measurement = {
  name: 'tests',
  command: ['npm', 'test'],
  outside: { wall: '`npm test`, s', cpu: '`npm test`, CPU s' },
};

/** In an environment as `npm start` of the tree makes it. */
function asStarted(file: string, ...args: string[]): readonly string[] {
  return ['node', 'scripts/installed.mjs', join(MEASUREMENTS, file), ...args];
}

function peak(minutes: number): readonly string[] {
  return ['node', 'bench/extraction.ts', '--peak', 'ours', String(minutes), 'caller', '1'];
}

type Figures = Map<string, number[]>;

async function main([commit, ...args]: readonly string[]): Promise<void> {
  if (commit === undefined)
    throw new Error('usage: node bench/against.ts COMMIT [--runs N] [--only a,b] [--tests]');
  const option = (name: string) => args[args.indexOf(name) + 1];
  const runs = args.includes('--runs') ? Number(option('--runs')) : 5;
  const only = args.includes('--only') ? option('--only')?.split(',') : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'voicemail-against-'));
  try {
    checkOut(commit, folder);
    const [before, after]: [Figures, Figures] = [new Map(), new Map()];
    for (const measurement of ALL.filter(({ name }) => !only || only.includes(name))) {
      for (let turn = 0; turn < runs; turn++) {
        await measure(measurement, folder, before);
        await measure(measurement, ROOT, after);
      }
    }
    if (args.includes('--tests')) {
      await measure(TESTS, folder, before);
      await measure(TESTS, ROOT, after);
    }
    print(commit, before, after, runs);
  } finally {
    execFileSync('git', ['worktree', 'remove', '--force', folder], { cwd: ROOT });
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkOut(commit: string, folder: string): void {
  execFileSync('git', ['worktree', 'add', '--quiet', '--detach', folder, commit], { cwd: ROOT });
  execFileSync('npm', ['ci', '--silent', '--prefer-offline'], { cwd: folder, stdio: 'inherit' });
  for (const copied of [MEASUREMENTS, ARITHMETIC])
    cpSync(join(ROOT, copied), join(folder, copied), { recursive: true });
}

async function measure({ name, command, outside }: Measurement, cwd: string, into: Figures): Promise<void> {
  const add = (what: string, figure: number) => into.set(what, [...(into.get(what) ?? []), figure]);
  const [startedAtMs, cpuBefore] = [performance.now(), childCpuSeconds()];
  const output = await run(command, cwd);
  const seconds = (performance.now() - startedAtMs) / 1000;
  if (outside?.wall) add(outside.wall, seconds);
  if (outside?.cpu) add(outside.cpu, childCpuSeconds() - cpuBefore);
  if (name.startsWith('peak')) add(`Peak memory of ${name.slice(5)} min, MiB`, Number(output));
  for (const [, figures = '{}'] of output.matchAll(/^figures (.*)$/gm)) {
    for (const [what, figure] of Object.entries<number>(JSON.parse(figures))) add(what, figure);
  }
}

/** In the checkout's own Node, as `npm start` and `npm test` take it. */
function run(command: readonly string[], cwd: string): Promise<string> {
  const PATH = `${join(cwd, 'node_modules/.bin')}:${process.env['PATH']}`;
  return new Promise((resolve, reject) => {
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`${command.join(' ')} in ${cwd} ended with ${code}\n${output}\n${errors}`)),
    );
  });
}

/** Of all child processes that have ended, and theirs. Linux counts in hundredths of a second. */
function childCpuSeconds(): number {
  const [, after = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ');
  const fields = after.split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function print(commit: string, before: Figures, after: Figures, runs: number): void {
  console.log(`Medians of ${runs} runs each, in turns.\n`);
  console.log(`| What | ${commit} | this tree | ratio |\n| --- | ---: | ---: | ---: |`);
  for (const [what, figures] of after) {
    const [old, now] = [median(before.get(what) ?? []), median(figures)];
    console.log(`| ${what} | ${shown(old)} | ${shown(now)} | ${(now / old).toFixed(2)} |`);
  }
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

function shown(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure.toFixed(2);
}

await main(process.argv.slice(2));
