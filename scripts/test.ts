import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';

/**
 * `npm test`: everything that must hold, quickest first, ending at the first that
 * does not. `npm test -- src/domain` runs only the tests below a folder.
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
  'test',
  'scripts',
  'bench',
  'voicemail.config.ts',
];
/** A test that hangs fails, with its name. */
const LONGEST_TEST_MS = 120_000;
const TEST_FOLDERS = ['src', 'flows', 'infra', 'simulator', 'cli', 'test', 'scripts'];

async function main(only: readonly string[]): Promise<void> {
  const files = (only.length > 0 ? only : TEST_FOLDERS).flatMap((folder) => testsIn(folder));
  const tests: Check = {
    name: 'tests',
    command: 'node',
    args: ['--test', `--test-timeout=${LONGEST_TEST_MS}`, ...files],
  };
  const needsBuild = files.some((file) => /^test\/(e2e|faults)\//.test(file));

  for (const check of [...(only.length > 0 ? [] : staticChecks()), ...(needsBuild ? [build()] : []), tests]) {
    const startedAtMs = performance.now();
    const code = await run(check);
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${check.name}  ${seconds} s`);
    if (code !== 0) process.exit(1);
  }
}

function staticChecks(): Check[] {
  return [
    { name: 'format', command: 'oxfmt', args: ['--check', ...SOURCES] },
    { name: 'types', command: 'tsc', args: ['--noEmit'] },
    { name: 'lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings', ...SOURCES] },
    { name: 'dead code', command: 'knip', args: [] },
  ];
}

/** End-to-end tests run the bundles and the template that would be deployed. */
function build(): Check {
  return { name: 'build and synth', command: 'node', args: ['scripts/synth.ts'] };
}

/** Ends the run for a folder without tests: node --test would go and look for some by itself. */
function testsIn(folder: string): readonly string[] {
  const files = folder.endsWith('.ts') ? globSync(folder) : globSync(`${folder}/**/*.test.ts`).toSorted();
  if (files.length > 0) return files;
  console.error(`no tests at ${folder}`);
  process.exit(2);
}

function run({ command, args }: Check): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

await main(process.argv.slice(2));
