import { AwsError } from '../service.ts';

/*
 * Concise Binary Object Representation, as far as Smithy's RPC protocol needs it.
 * Source: RFC 8949; Smithy, "Smithy RPC v2 CBOR protocol".
 */

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const LIST = 4;
const MAP = 5;
const TAG = 6;

/** Tag 1 of RFC 8949, 3.4.2: seconds since 1970. */
const EPOCH_TAG = 1;
const INDEFINITE = 31;
const BREAK = 0xff;
/** AWS's own limit of nesting is not documented; nothing here comes near. */
const DEEPEST = 100;

/** A value as CBOR. A Date becomes a time, a number without a fraction an integer; what is undefined is left out. */
export function toCbor(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.of(0xf6);
  if (typeof value === 'boolean') return Buffer.of(value ? 0xf5 : 0xf4);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? integer(value) : double(value);
  if (typeof value === 'string') {
    const text = Buffer.from(value, 'utf8');
    return Buffer.concat([head(TEXT, text.length), text]);
  }
  if (value instanceof Date) return Buffer.concat([head(TAG, EPOCH_TAG), double(value.getTime() / 1000)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(BYTES, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(LIST, value.length), ...value.map(toCbor)]);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const pairs = members.flatMap(([name, member]) => [toCbor(name), toCbor(member)]);
  return Buffer.concat([head(MAP, members.length), ...pairs]);
}

function integer(value: number): Buffer {
  return value >= 0 ? head(UNSIGNED, value) : head(NEGATIVE, -1 - value);
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(9, 0xfb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** Major type and argument. Source: RFC 8949, 3. */
function head(major: number, argument: number): Buffer {
  const type = major << 5;
  if (argument < 24) return Buffer.of(type | argument);
  const sizeBytes = [1, 2, 4].find((size) => argument < 256 ** size) ?? 8;
  const bytes = Buffer.alloc(1 + sizeBytes, type | (24 + Math.log2(sizeBytes)));
  if (sizeBytes === 8) bytes.writeBigUInt64BE(BigInt(argument), 1);
  else bytes.writeUIntBE(argument, 1, sizeBytes);
  return bytes;
}

/**
 * Reads one value, a time as its seconds since 1970. Throws AwsError SerializationException for bytes that are
 * not one value.
 */
export function fromCbor(bytes: Buffer): unknown {
  const cursor = { bytes, at: 0 };
  const value = read(cursor, 0);
  if (cursor.at !== bytes.length) throw notCbor();
  return value;
}

interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

function read(cursor: Cursor, depth: number): unknown {
  if (depth > DEEPEST) throw notCbor();
  const first = taken(cursor, 1)[0] ?? 0;
  const major = first >> 5;
  const short = first & 0x1f;
  if (major === 7) return simple(cursor, short);
  if (short === INDEFINITE) return indefinite(cursor, major, depth);
  const argument = argumentOf(cursor, short);
  switch (major) {
    case UNSIGNED:
      return argument;
    case NEGATIVE:
      return -1 - argument;
    case BYTES:
      return taken(cursor, argument);
    case TEXT:
      return taken(cursor, argument).toString('utf8');
    case LIST:
      return items(cursor, argument, depth);
    case MAP:
      return mapOf(items(cursor, argument * 2, depth));
    default:
      return read(cursor, depth + 1);
  }
}

function argumentOf(cursor: Cursor, short: number): number {
  if (short < 24) return short;
  if (short > 27) throw notCbor();
  const sizeBytes = 2 ** (short - 24);
  const argument = taken(cursor, sizeBytes);
  return sizeBytes === 8 ? Number(argument.readBigUInt64BE()) : argument.readUIntBE(0, sizeBytes);
}

function simple(cursor: Cursor, short: number): unknown {
  switch (short) {
    case 20:
      return false;
    case 21:
      return true;
    case 22:
    case 23:
      return undefined;
    case 25:
      return half(taken(cursor, 2).readUInt16BE());
    case 26:
      return taken(cursor, 4).readFloatBE();
    case 27:
      return taken(cursor, 8).readDoubleBE();
    default:
      throw notCbor();
  }
}

/** Source: RFC 8949, appendix D. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function indefinite(cursor: Cursor, major: number, depth: number): unknown {
  const found: unknown[] = [];
  while (cursor.bytes[cursor.at] !== BREAK) found.push(read(cursor, depth + 1));
  cursor.at += 1;
  if (major === LIST) return found;
  if (major === MAP) return mapOf(found);
  if (major === TEXT) return found.map(String).join('');
  throw notCbor();
}

/** One after the other: an announced length alone takes no memory. */
function items(cursor: Cursor, count: number, depth: number): unknown[] {
  const found: unknown[] = [];
  for (let index = 0; index < count; index += 1) found.push(read(cursor, depth + 1));
  return found;
}

function mapOf(namesAndValues: readonly unknown[]): Record<string, unknown> {
  const pairs = namesAndValues.flatMap((name, index) =>
    index % 2 === 0 ? [[String(name), namesAndValues[index + 1]] as const] : [],
  );
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

function taken(cursor: Cursor, sizeBytes: number): Buffer {
  const end = cursor.at + sizeBytes;
  if (!(end <= cursor.bytes.length)) throw notCbor();
  const piece = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return piece;
}

function notCbor(): AwsError {
  return new AwsError('SerializationException', 400, 'The body is not CBOR as the protocol has it.');
}
