import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lockFileProblems } from './lock-file.ts';

const PINNED = { version: '1.2.3', integrity: 'sha512-abc' };
const MANIFEST = { dependencies: { good: '1.2.3' }, allowScripts: { built: true } };

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

test('every package we install is pinned by version and hash, and no host is named', () => {
  assert.deepEqual(lockFileProblems(read('package.json'), read('package-lock.json')), []);
});

test('everything that could install other code is named', () => {
  const packages = {
    '': {},
    'node_modules/good': PINNED,
    'node_modules/built': { ...PINNED, hasInstallScript: true },
    'node_modules/undecided': { ...PINNED, hasInstallScript: true },
    'node_modules/hosted': { ...PINNED, resolved: 'https://packages.example.com/hosted.tgz' },
    'node_modules/a/node_modules/unhashed': { version: '1.2.3' },
    'node_modules/weak': { ...PINNED, integrity: 'sha1-abc' },
    'node_modules/linked': { ...PINNED, link: true },
    elsewhere: PINNED,
  };
  const manifest = { ...MANIFEST, devDependencies: { loose: '^1.2.3', forked: 'github:acme/forked' } };

  const problems = lockFileProblems(manifest, { lockfileVersion: 3, packages });

  assert.deepEqual(
    problems.map((problem) => problem.replace(/:.*$/, '').concat(problem.includes('loose') ? ' loose' : '')),
    [
      'package.json loose',
      'package.json',
      'node_modules/undecided',
      'node_modules/hosted',
      'node_modules/a/node_modules/unhashed',
      'node_modules/weak',
      'node_modules/linked',
      'elsewhere',
    ],
  );
});
