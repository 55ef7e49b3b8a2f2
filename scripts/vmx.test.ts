import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { flowDocument, MINIMAL_RECORDER } from '../test/flow-document.ts';

const ROOT = join(import.meta.dirname, '..');

/** Runs `vmx lint-flow flow.json`, as npx does it or as `npm run` does. */
function lintFrom(folder: string, env: NodeJS.ProcessEnv, cwd = folder) {
  const launcher = join(ROOT, 'scripts/vmx.mjs');
  const { status, stdout } = spawnSync(process.execPath, [launcher, 'lint-flow', 'flow.json'], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  return { status, stdout };
}

test('vmx finds a file in the person’s folder, also under npm run and within another npm script', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vmx-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'flow.json'), JSON.stringify(flowDocument(MINIMAL_RECORDER)));

  const byNpx = lintFrom(folder, { INIT_CWD: ROOT });
  const byNpmRun = lintFrom(folder, { INIT_CWD: folder }, ROOT);

  const found = { status: 0, stdout: 'flow.json\n  nothing found\n' };
  assert.deepEqual(byNpx, found);
  assert.deepEqual(byNpmRun, found);
});
