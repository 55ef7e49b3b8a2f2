import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILT_FOLDER, createRunFolder, WORKERS_CACHE } from './run-folder.ts';
import { TEST_REPORTERS } from './test-reporters.ts';

/**
 * `npm test`: everything that must hold. The checks come first, then the tests of single
 * parts, then those of whole calls, each as many at a time as there are cores.
 * `npm test -- src/domain` runs only the tests below a folder.
 */
interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** Named, because lint and format would walk node_modules otherwise. */
const SOURCES = [
  'src',
  'flows',
  'infra',
  'simulator',
  'cli',
  'laptop',
  'test',
  'scripts',
  'bench',
  'voicemail.config.ts',
];
/**
 * The time limit for a test that hangs. Normally waits end earlier and name what they waited for. They watch
 * progress and not the machine's time, because a busy machine needs many times as long: the longest test
 * takes 15 s on a quiet one, and took 57 s beside six other programs on two cores.
 */
const LONGEST_TEST_MS = 20 * 60_000;
/**
 * One process runs them one after the other. They wait for more than half of their time, as CDK's toolkit
 * looks at a stack every few seconds: other tests run beside them.
 */
const DEPLOYMENTS = ['test/deploy', 'test/upgrade'];
/** Tests of whole calls, each file in a process of its own: they take long, and start workers and servers. */
const APART = ['test/faults', 'test/e2e'];
/** All others share processes: to load a file into a process of its own costs 0.2 s of CPU. */
const TOGETHER = [['test'], ['simulator', 'cli'], ['infra', 'laptop', 'scripts'], ['src', 'flows']];

/** Node.js itself would leave one core idle, of two. */
const CORES = Math.max(2, availableParallelism());
/** So many groups at once: these wait sometimes, and so keep the cores busy only together. */
const ALL_OF_THEM = Infinity;

async function main(only: readonly string[]): Promise<void> {
  const passed =
    only.length > 0
      ? (!needsBuild(only) || (await isPassing(build(), 'inherit'))) &&
        (await isPassing(tests(only), 'inherit'))
      : (await manyAtOnce([...staticChecks(), build()])) &&
        (await manyAtOnce(TOGETHER.map(testsTogether))) &&
        (await manyAtOnce(
          [testsTogether(DEPLOYMENTS), ...APART.map((place) => tests([place]))],
          ALL_OF_THEM,
        ));
  if (!passed) process.exit(1);
}

function needsBuild(places: readonly string[]): boolean {
  return places.some((place) => /^test(\/?$|\/(e2e|faults))/.test(place));
}

function testsTogether(places: readonly string[]): Check {
  const elsewhere = [...APART, ...DEPLOYMENTS].filter((folder) => !places.includes(folder));
  const { args, ...check } = tests(places, (file) => !elsewhere.some((one) => file.startsWith(`${one}/`)));
  return { ...check, args: ['--test-isolation=none', ...args] };
}

function tests(places: readonly string[], isMeant: (file: string) => boolean = () => true): Check {
  const files = places.flatMap((place) => testsIn(place)).filter((file) => isMeant(file));
  // A hook that fails skips those after it, and a server that they would close keeps the process up.
  const args = [
    '--test',
    '--test-force-exit',
    ...TEST_REPORTERS,
    `--test-timeout=${LONGEST_TEST_MS}`,
    `--test-concurrency=${CORES}`,
    ...files,
  ];
  return { name: `tests of ${places.join(', ')}`, command: 'node', args };
}

/** Longest first. */
function staticChecks(): Check[] {
  return [
    { name: 'types', command: 'tsc', args: ['--noEmit'] },
    { name: 'lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings', ...SOURCES] },
    { name: 'dead code', command: 'knip', args: [] },
    { name: 'format', command: 'oxfmt', args: ['--check', ...SOURCES] },
  ];
}

/** End-to-end tests run the bundles and the template that would be deployed: in a folder of this run's own. */
function build(): Check {
  const folder = createRunFolder();
  process.env[BUILT_FOLDER] = folder;
  return { name: 'build and synth', command: 'node', args: ['scripts/synth.ts', folder] };
}

/** Ends the run for a folder without tests: node --test would search for tests by itself. */
function testsIn(folder: string): readonly string[] {
  const files = folder.endsWith('.ts') ? globSync(folder) : globSync(`${folder}/**/*.test.ts`).toSorted();
  if (files.length > 0) return files;
  console.error(`no tests at ${folder}`);
  process.exit(2);
}

/** Whether all passed. */
async function manyAtOnce(checks: readonly Check[], most = CORES): Promise<boolean> {
  const left = checks.values();
  const results: boolean[] = [];
  const work = async () => {
    for (const check of left) results.push(await isPassing(check, 'pipe'));
  };
  await Promise.all(Array.from({ length: Math.min(most, checks.length) }, work));
  return results.every(Boolean);
}

/** Output through a pipe is shown after the check: otherwise lines of two checks would mix. */
async function isPassing(check: Check, stdio: 'inherit' | 'pipe'): Promise<boolean> {
  const startedAtMs = performance.now();
  const { code, output } = await run(check, stdio);
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  process.stdout.write(output);
  console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${check.name}  ${seconds} s`);
  return code === 0;
}

function run({ command, args }: Check, stdio: 'inherit' | 'pipe'): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    // Some 200 test files load much the same modules, and simulators the same bundles. Those have new paths
    // in each run, so their cache must be removed at the end of the run.
    const cacheFolder = join(process.env[BUILT_FOLDER] ?? tmpdir(), 'node-compile-cache');
    const env = { ...process.env, NODE_COMPILE_CACHE: cacheFolder, [WORKERS_CACHE]: cacheFolder };
    const child = spawn(command, [...args], { stdio: ['ignore', stdio, stdio], env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

await main(process.argv.slice(2));
