import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Bytes in a file of their own. */
export interface StoredBytes {
  readonly file: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly md5: string;
}

/** First and last byte, both included, as HTTP counts. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** The bytes of objects: one file each, with a random name. The index is kept elsewhere. */
export interface BytesFolder {
  readonly keep: (body: Uint8Array) => Promise<StoredBytes>;
  /** Joins the bytes of all these files in a new file. */
  readonly join: (files: readonly StoredBytes[]) => Promise<StoredBytes>;
  readonly read: (stored: StoredBytes) => Promise<Buffer>;
  readonly stream: (stored: StoredBytes, range: ByteRange) => AsyncIterable<Uint8Array>;
  readonly discard: (stored: StoredBytes) => Promise<void>;
}

export function createBytesFolder(folder: string): BytesFolder {
  mkdirSync(folder, { recursive: true });
  const newFile = () => join(folder, randomUUID());

  return {
    async keep(body) {
      const file = newFile();
      await writeFile(file, body);
      return { file, sizeBytes: body.length, md5: createHash('md5').update(body).digest('hex') };
    },
    async join(files) {
      const file = newFile();
      const hash = createHash('md5');
      async function* bytes() {
        for (const stored of files) {
          for await (const chunk of createReadStream(stored.file)) {
            hash.update(chunk);
            yield chunk;
          }
        }
      }
      await pipeline(bytes, createWriteStream(file));
      const sizeBytes = files.reduce((sum, stored) => sum + stored.sizeBytes, 0);
      return { file, sizeBytes, md5: hash.digest('hex') };
    },
    read: ({ file }) => readFile(file),
    async *stream({ file }, { first, last }) {
      // The file is opened when it is read: an answer that nobody reads leaves no file open.
      yield* createReadStream(file, { start: first, end: last });
    },
    discard: ({ file }) => rm(file, { force: true }),
  };
}
