import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { diskErrorInWords } from '../file-errors.ts';
import { type Judgment, notKnown } from './judgment.ts';
import { judgeMatroska, judgeWav } from './judge-media.ts';
import { judgeText } from './judge-text.ts';

/** Larger files are not read: texts are read as a whole, media as a stream. */
const MOST_TEXT_BYTES = 64 * 1024 * 1024;
const MOST_MEDIA_BYTES = 2 * 1024 * 1024 * 1024;
const HEAD_BYTES = 4096;

/** How a file of another program begins. The product reads none of them. */
const OTHERS: readonly { readonly begins: RegExp; readonly kind: string }[] = [
  { begins: /^ID3|^\u00ff[\u00f2\u00f3\u00fa\u00fb]/, kind: 'MP3 audio' },
  { begins: /^OggS/, kind: 'Ogg audio' },
  { begins: /^fLaC/, kind: 'FLAC audio' },
  { begins: /^FORM.{4}AIF/s, kind: 'AIFF audio' },
  { begins: /^#!AMR/, kind: 'AMR audio' },
  { begins: /^.{4}ftyp/s, kind: 'MP4 media' },
  { begins: /^PK\P{L}{2}/u, kind: 'ZIP archive' },
  { begins: /^%PDF/, kind: 'PDF' },
  { begins: /^\u0089PNG|^\u00ff\u00d8\u00ff|^GIF8/, kind: 'picture' },
  { begins: /^PAR1/, kind: 'Parquet' },
];

/** A file, and whether its contents could be looked at. */
export type JudgedFile = Judgment & { readonly isUnread: boolean };

/** Recognizes a file by its content, and says what the product would do with it. */
export async function judgeFile(path: string, sizeBytes: number): Promise<JudgedFile> {
  try {
    return await judged(path, sizeBytes);
  } catch (error) {
    // JSON within JSON within JSON: the stack is at its end.
    if (error instanceof RangeError) return unread('text', 'nested too deep: not read');
    const words = diskErrorInWords(error);
    if (words === undefined) throw error;
    return unread('unreadable', `cannot be opened: ${words}`);
  }
}

async function judged(path: string, sizeBytes: number): Promise<JudgedFile> {
  if (sizeBytes === 0) return seen({ kind: 'empty', remarks: [notKnown('nothing is in it')] });
  const head = await headOf(path);
  const begins = head.toString('latin1');
  const isWav = /^(?:RIFF.{4}WAVE|RF64|BW64|RIFX)/s.test(begins);
  if (isWav || begins.startsWith('\u001aE\u00df\u00a3')) {
    const kind = isWav ? 'WAV audio' : 'Matroska';
    if (sizeBytes > MOST_MEDIA_BYTES) return unread(kind, tooLarge('2 GiB'));
    return seen(await (isWav ? judgeWav(path) : judgeMatroska(path)));
  }
  const other = OTHERS.find(({ begins: pattern }) => pattern.test(begins));
  if (other) return seen({ kind: other.kind, remarks: [notKnown('the product does not read it')] });
  const isPacked = begins.startsWith('\u001f\u008b');
  if (!isPacked && isBinary(head)) {
    return seen({ kind: 'binary', remarks: [notKnown('not recognized')] });
  }
  if (sizeBytes > MOST_TEXT_BYTES) return unread('text', tooLarge('64 MiB'));
  const bytes = readFileSync(path);
  if (!isPacked) return seen(await judgeText(bytes, path));
  const unpacked = unpackedFrom(bytes);
  if (typeof unpacked === 'string') return unread('gzip', unpacked);
  return seen(await judgeText(unpacked, path.replace(/\.gz$/i, '')));
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** UTF-16 has every other byte 00, as long as it is mostly Latin letters, as JSON and HTML are. */
function isBinary(head: Buffer): boolean {
  if (!head.includes(0)) return false;
  const [first, second] = head;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const every = (from: number) => head.every((byte, at) => at % 2 !== from || byte === 0);
  return !isMarked && !every(0) && !every(1);
}

/** A sentence if it cannot be unpacked, or becomes too large. */
function unpackedFrom(bytes: Buffer): Buffer | string {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_TEXT_BYTES });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge('64 MiB when unpacked');
    if (code.startsWith('Z_')) return 'cannot be unpacked';
    throw error;
  }
}

function tooLarge(than: string): string {
  return `larger than ${than}: not read`;
}

function seen(judgment: Judgment): JudgedFile {
  return { ...judgment, isUnread: false };
}

function unread(kind: string, reason: string): JudgedFile {
  return { kind, remarks: [notKnown(reason)], isUnread: true };
}
