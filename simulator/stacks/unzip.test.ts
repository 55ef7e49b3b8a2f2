import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { archiveOf } from './archive.fixture.ts';
import { unzip } from './unzip.ts';

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'unzip-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('files of an archive are unpacked, packed ones and stored ones, in their folders', async (t) => {
  const folder = await folderOf(t);

  await unzip(archiveOf({ 'index.mjs': 'a'.repeat(9999), 'views/': '', 'views/a.txt': 'ä' }), folder);
  await unzip(archiveOf({ stored: 'as it is' }, { method: 0 }), folder);

  assert.equal(await readFile(join(folder, 'index.mjs'), 'utf8'), 'a'.repeat(9999));
  assert.equal(await readFile(join(folder, 'views/a.txt'), 'utf8'), 'ä');
  assert.equal(await readFile(join(folder, 'stored'), 'utf8'), 'as it is');
});

test('a file that is not an archive, is damaged or leads out of the folder is refused', async (t) => {
  const folder = await folderOf(t);

  await assert.rejects(unzip(Buffer.from('not a zip, but long enough'), folder), /not a zip archive/);
  await assert.rejects(unzip(archiveOf({ a: 'a' }, { isDamaged: true }), folder), /a is damaged/);
  await assert.rejects(unzip(archiveOf({ a: 'a' }, { method: 12 }), folder), /packed by method 12/);
  await assert.rejects(unzip(archiveOf({ '../a': 'a' }), folder), /leads out of the archive/);
});
