import { readFileSync } from 'node:fs';
import { placeAt } from '../../src/domain/email/email-template-syntax.ts';
import { InputError } from '../command.ts';

/** The bytes that a text begins with, if it says its encoding. UTF-8 needs none. */
const MARKS: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
  // EF BB BF
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  // FF FE: the lower byte of each unit first, as Windows does it
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  // FE FF
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** A text in UTF-8, or in UTF-16 if it says so at its beginning. Throws InputError. */
export function readText(file: string): string {
  const bytes = readBytes(file);
  const mark = MARKS.find(({ bytes: first }) => first.every((byte, index) => bytes[index] === byte));
  const encoding = mark?.encoding ?? 'utf-8';
  const text = decoded(bytes, encoding);
  if (text === undefined) throw new InputError(`${file}: ${undecodable(bytes, encoding)}`);
  if (text.includes('\0')) {
    throw new InputError(
      `${file}: has bytes 00, and so is probably UTF-16, but does not say so at its beginning. Save it as UTF-8, or convert it: iconv -f UTF-16LE -t UTF-8`,
    );
  }
  return text;
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isMissing ? 'there is no such file' : `cannot be read (${reasonOf(error)})`;
    throw new InputError(`${file}: ${why}`, { cause: error });
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Without its mark. Undefined if bytes do not belong to the encoding. */
function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function undecodable(bytes: Uint8Array, encoding: string): string {
  if (encoding !== 'utf-8') return `begins as ${encoding.toUpperCase()}, and is none. Save it as UTF-8`;
  const lossy = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const index = lossy.indexOf('\uFFFD');
  const { line, column } = placeAt(lossy, index);
  const start = Buffer.byteLength(lossy.slice(0, index));
  const byte = bytes.subarray(start, start + 1);
  const hex = Buffer.from(byte).toString('hex').toUpperCase();
  const letter = new TextDecoder('windows-1252').decode(byte);
  return `line ${line}, column ${column}: byte ${hex} is not UTF-8. In Windows-1252 it is "${letter}"; if that is right, save the file as UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8`;
}
