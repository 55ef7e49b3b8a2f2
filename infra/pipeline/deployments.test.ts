import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { DEPLOYMENTS } from './deployments.ts';

const ROOT = join(import.meta.dirname, '../..');

test('every bundle is deployed as a function, and every function has a bundle', () => {
  const bundles = globSync('src/main/*.ts', { cwd: ROOT })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => basename(file, '.ts'));

  assert.deepEqual([...DEPLOYMENTS.keys()], bundles.toSorted());
});
