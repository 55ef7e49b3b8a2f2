import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { announce } from '../laptop/announcement.ts';
import { buildFunctions } from '../scripts/build.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { laptopWorld } from '../simulator/services/connect/sample-world.ts';
import { fileErrorInWords } from './file-errors.ts';

/** A file where a folder should be: it stops root, too, which a folder that is only for reading does not. */
const folder = mkdtempSync(join(tmpdir(), 'file-errors-'));
const noFolder = join(folder, 'file');
writeFileSync(noFolder, '');
test.after(() => rmSync(folder, { recursive: true }));

const thrownBy = (work: () => unknown) =>
  Promise.try(work).then(
    () => assert.fail('nothing was thrown'),
    (error: unknown) => error,
  );

test('a simulator whose folder cannot be made names the folder', async () => {
  const wanted = join(noFolder, 'objects');
  const error = await thrownBy(() => startSimulator({ world: laptopWorld(), folder: wanted }));

  assert.equal(fileErrorInWords(error), `${wanted} cannot be written: a part of its path is no folder`);
});

test('a simulator that cannot say how it is reached names the folder', async () => {
  const wanted = join(noFolder, 'simulators');
  const error = await thrownBy(() => announce('http://127.0.0.1:1', wanted));

  assert.equal(fileErrorInWords(error), `${wanted} cannot be written: a part of its path is no folder`);
});

test('functions that cannot be built into a folder name it, without the lines of the compiler', async () => {
  const error = await thrownBy(() => buildFunctions({ outdir: join(noFolder, 'functions') }));

  const words = fileErrorInWords(error) ?? '';
  assert.ok(words.startsWith(join(noFolder, 'functions')), words);
  assert.match(words, /^\S+ cannot be (?:written|opened): a part of its path is no folder$/);
});

test('a disk that is full is named by the bundle, or by where temporary files are', () => {
  const bundle = '/tmp/run/functions/sweep/index.mjs';
  const message = `Build failed with 2 errors:\nerror: Failed to write to output file: write ${bundle}: no space left on device\nerror: more`;
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    syscall: 'write',
  });

  assert.equal(
    fileErrorInWords(new Error(message)),
    `${bundle} cannot be written: there is no space left on the disk`,
  );
  assert.equal(
    fileErrorInWords(full),
    `a file cannot be written: there is no space left on the disk; temporary files are in ${tmpdir()}`,
  );
});

test('another error is none of a file', () => {
  for (const error of [
    new Error('Build failed with 1 error:\nerror: Expected ";"'),
    'text',
    { code: 'ENOSPC' },
  ])
    assert.equal(fileErrorInWords(error), undefined);
});
