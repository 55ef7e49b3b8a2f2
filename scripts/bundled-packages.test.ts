import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { buildFunctions } from './build.ts';
import { bundledPackages } from './bundled-packages.ts';
import { isForDevelopment } from './lock-file.ts';

/** Licenses that only require their own text to be kept. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];

const folder = mkdtempSync(join(tmpdir(), 'voicemail-bundled-'));
const functions = await buildFunctions({ outdir: folder });
const files = functions.flatMap(({ inputs }) => inputs);
const packages = bundledPackages(files);

after(() => rmSync(folder, { recursive: true }));

test('the bundles hold our own source and these packages', (t: TestContext) => {
  const names = [...new Set(packages.map(({ name }) => name))].toSorted();
  const others = files.filter((file) => !file.includes('node_modules/') && !file.startsWith('src/'));

  assert.deepEqual(others, []);
  // After an intended change: `node --test --test-update-snapshots scripts/bundled-packages.test.ts`.
  const snapshot = join(import.meta.dirname, '__snapshots__', 'bundled-packages.txt');
  t.assert.fileSnapshot(`${names.join('\n')}\n`, snapshot, { serializers: [String] });
});

test('no package in a bundle is for development only', () => {
  const lock: unknown = JSON.parse(readFileSync('package-lock.json', 'utf8'));

  assert.deepEqual(
    packages.filter(({ path }) => isForDevelopment(lock, path)),
    [],
  );
});

test('every package in a bundle has a license that lets us ship it', () => {
  assert.deepEqual(
    packages.filter(({ license }) => !ALLOWED.includes(license)),
    [],
  );
});
