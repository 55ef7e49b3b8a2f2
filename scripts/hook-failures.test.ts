import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { TEST_REPORTERS } from './test-reporters.ts';

test('a hook that fails after the tests makes the run fail', (t) => {
  const { status, shown } = runOf(t, "after(() => { throw new Error('the server did not close'); });");
  assert.match(shown, /the server did not close/);
  assert.equal(status, 1);
});

test('a run without a failure passes', (t) => {
  const { status, shown } = runOf(t, 'after(() => {});');
  assert.match(shown, /pass 1/);
  assert.equal(status, 0);
});

/** Runs a test that passes and a hook, all files in one process. */
function runOf(t: TestContext, hook: string): { status: number | null; shown: string } {
  const folder = mkdtempSync(join(tmpdir(), 'vmx-hook-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'one.test.mjs');
  writeFileSync(file, `import { after, test } from 'node:test';\n${hook}\ntest('passes', () => {});\n`);
  // Node's runner would not run tests within a test.
  const { NODE_TEST_CONTEXT: _outer, ...env } = process.env;
  const args = ['--test', '--test-isolation=none', '--test-force-exit', ...TEST_REPORTERS, file];
  const { status, stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  return { status, shown: stdout };
}
