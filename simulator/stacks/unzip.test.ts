import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import { unzip } from './unzip.ts';

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'unzip-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** An archive as a stream writes it: the local header does not say sizes and sum. */
function archiveOf(files: Readonly<Record<string, string>>, { method = 8, isDamaged = false } = {}): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const packed = method === 8 ? deflateRawSync(content) : content;
    const place = local.reduce((bytes, part) => bytes + part.length, 0);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(method, 8);
    header.writeUInt16LE(name.length, 26);
    local.push(Buffer.concat([header, Buffer.from(name), packed]));
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(isDamaged ? 1 : crc32(content), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(place, 42);
    central.push(Buffer.concat([entry, Buffer.from(name)]));
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(Buffer.concat(local).length, 16);
  return Buffer.concat([...local, ...central, end, Buffer.from('a comment')]);
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
