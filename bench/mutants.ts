import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRunFolder } from '../scripts/run-folder.ts';
import { type Mutant, MUTANTS } from './mutants/mutants.ts';

/**
 * Puts faults into a copy of the product, one at a time, and runs the tests that have to find each. So a
 * change that makes the tests faster can show that they still find what they found before.
 *
 *     node bench/mutants.ts [--only TEXT] [--parts]
 *
 * `--only`: the mutants whose name has this text. `--parts`: without the tests of whole calls, which take
 * minutes. Prints which test found it. Exit code 1 if a test missed a mutant, or fails without one.
 */
const ROOT = join(import.meta.dirname, '..');
const WHOLE_CALLS = /^test\/(?:e2e|faults)\//;

const { values } = parseArgs({ options: { only: { type: 'string' }, parts: { type: 'boolean' } } });
const mutants = MUTANTS.filter(({ name }) => name.includes(values.only ?? ''));
if (mutants.length === 0) throw new Error(`no mutant has this in its name: ${values.only}`);
const copy = copyOfProject();
const healthy = new Map<string, boolean>();
let missed = 0;
for (const mutant of mutants) {
  const tests = mutant.tests.filter((test) => !values.parts || !WHOLE_CALLS.test(test));
  for (const test of tests) {
    if (!isHealthy(test)) {
      console.log(`FAILED  ${test} fails without a mutant`);
      missed += 1;
    }
  }
  missed += judged(mutant, tests);
}
process.exitCode = missed > 0 ? 1 : 0;

/** How many of the tests did not find it. */
function judged(mutant: Mutant, tests: readonly string[]): number {
  const file = join(copy, mutant.file);
  const source = readFileSync(file, 'utf8');
  writeFileSync(file, mutated(source, mutant));
  const results = tests.map((test) => ({ test, failed: failedIn(test) }));
  writeFileSync(file, source);
  for (const { test, failed } of results) {
    const seconds = failed.seconds.toFixed(0);
    if (failed.names.length > 0)
      console.log(`found   ${mutant.name}\n        ${test}: ${failed.names[0]} (${seconds} s)`);
    else console.log(`MISSED  ${mutant.name}\n        ${test} (${seconds} s)`);
  }
  return results.filter(({ failed }) => failed.names.length === 0).length;
}

/** Throws an Error if the place is not there exactly once: then the product has changed, and the mutant has to. */
function mutated(source: string, { name, file, right, wrong }: Mutant): string {
  const [before = '', after, ...more] = source.split(right);
  if (after === undefined || more.length > 0) throw new Error(`"${name}" does not fit ${file} any more`);
  return before + wrong + after;
}

function isHealthy(test: string): boolean {
  const known = healthy.get(test) ?? failedIn(test).names.length === 0;
  healthy.set(test, known);
  return known;
}

/** The names of the tests that fail in a file. A file that fails as a whole counts under its own name. */
function failedIn(test: string): { readonly names: readonly string[]; readonly seconds: number } {
  const startedAtMs = performance.now();
  // Nothing of a run around it: the copy builds its own, mutated bundles, and compiles them.
  const {
    VOICEMAIL_BUILT_FOLDER: _built,
    NODE_COMPILE_CACHE: _cache,
    VOICEMAIL_WORKERS_CACHE: _workersCache,
    ...env
  } = process.env;
  const args = ['--test', '--test-reporter=tap', test];
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: copy,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const names = [...stdout.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name = '']) => name);
  const seconds = (performance.now() - startedAtMs) / 1000;
  return { names: status === 0 ? [] : [...names, test].slice(0, 3), seconds };
}

/** What git knows of, and the packages by a link. */
function copyOfProject(): string {
  const folder = createRunFolder();
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (listed.status !== 0) throw new Error(`git does not list the files: ${listed.stderr}`);
  for (const file of listed.stdout.split('\n').filter(Boolean)) cpSync(join(ROOT, file), join(folder, file));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
