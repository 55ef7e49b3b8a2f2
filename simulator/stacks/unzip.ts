import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';

/** A file that is no zip archive, or one of a kind that is not read here. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

/** Source: PKWARE's APPNOTE.TXT 6.3.10, 4.3.12 and 4.3.16. */
const END_RECORD = 0x06054b50;
const CENTRAL_HEADER = 0x02014b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks a zip archive into a folder, and checks every file. Throws ZipError. Sizes and places come from the
 * central directory, as archives that were written as a stream have them only there. No ZIP64, no encryption.
 */
export async function unzip(archive: Buffer, folder: string): Promise<void> {
  for (const { name, content } of entriesOf(archive)) {
    const file = join(folder, name);
    if (relative(folder, file).startsWith('..')) throw new ZipError(`${name} leads out of the archive`);
    if (name.endsWith('/')) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

function entriesOf(archive: Buffer): readonly { readonly name: string; readonly content: Buffer }[] {
  const end = endRecordIn(archive);
  const count = archive.readUInt16LE(end + 10);
  const entries: { name: string; content: Buffer }[] = [];
  for (let at = archive.readUInt32LE(end + 16); entries.length < count;) {
    if (archive.length < at + 46 || archive.readUInt32LE(at) !== CENTRAL_HEADER) {
      throw new ZipError('the list of files is broken');
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) =>
      archive.readUInt16LE(at + place),
    );
    const nameEnd = at + 46 + (nameBytes ?? 0);
    const name = archive.toString('utf8', at + 46, nameEnd);
    entries.push({ name, content: contentOf(archive, at, name) });
    at = nameEnd + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  return entries;
}

/** `header`: where the file's header in the central directory begins. */
function contentOf(archive: Buffer, header: number, name: string): Buffer {
  const method = archive.readUInt16LE(header + 10);
  const sum = archive.readUInt32LE(header + 16);
  const packedBytes = archive.readUInt32LE(header + 20);
  const local = archive.readUInt32LE(header + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + packedBytes);
  if (method !== STORED && method !== DEFLATED) throw new ZipError(`${name} is packed by method ${method}`);
  const content = method === STORED ? packed : inflateRawSync(packed);
  if (crc32(content) !== sum) throw new ZipError(`${name} is damaged`);
  return content;
}

/** The record at the end, before which only a comment can stand. */
function endRecordIn(archive: Buffer): number {
  const first = Math.max(archive.length - END_BYTES - LONGEST_COMMENT, 0);
  for (let at = archive.length - END_BYTES; at >= first; at -= 1) {
    if (archive.readUInt32LE(at) === END_RECORD) return at;
  }
  throw new ZipError('not a zip archive');
}
