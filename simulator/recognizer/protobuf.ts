/**
 * Just enough of protocol buffers to take a message apart and put it together
 * again with a field changed. Source: Protocol Buffers, "Encoding".
 */
export interface ProtobufField {
  readonly number: number;
  /** The payload of a length-delimited field (text, bytes, a message); undefined for a number. */
  readonly payload: Buffer | undefined;
  /** The whole field as it stands in its message, to be copied unchanged. */
  readonly encoded: Buffer;
}

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

export function* fieldsIn(message: Buffer): Generator<ProtobufField> {
  let offset = 0;
  while (offset < message.length) {
    const start = offset;
    const tag = readVarint(message, start);
    const wireType = tag.value % 8;
    let payload: Buffer | undefined;
    if (wireType === LENGTH_DELIMITED) {
      const length = readVarint(message, tag.next);
      offset = length.next + length.value;
      payload = message.subarray(length.next, offset);
    } else {
      offset = endOfNumber(message, tag.next, wireType);
    }
    yield { number: Math.floor(tag.value / 8), payload, encoded: message.subarray(start, offset) };
  }
}

/** A length-delimited field, ready to stand in a message. */
export function encodedField(number: number, payload: Uint8Array): Buffer {
  return Buffer.concat([fieldHead(number, payload.length), payload]);
}

/** What stands before the payload of a length-delimited field. */
export function fieldHead(number: number, sizeBytes: number): Buffer {
  return Buffer.concat([varint(number * 8 + LENGTH_DELIMITED), varint(sizeBytes)]);
}

/** The text of a message's field, or undefined when it has none. */
export function textIn(message: Buffer, number: number): string | undefined {
  for (const field of fieldsIn(message)) if (field.number === number) return field.payload?.toString('utf8');
  return undefined;
}

function endOfNumber(message: Buffer, offset: number, wireType: number): number {
  if (wireType === VARINT) return readVarint(message, offset).next;
  if (wireType === FIXED_64) return offset + 8;
  if (wireType === FIXED_32) return offset + 4;
  throw new Error(`protobuf wire type ${wireType} at byte ${offset}`);
}

function readVarint(message: Buffer, offset: number): { value: number; next: number } {
  let value = 0;
  let scale = 1;
  for (let next = offset; next < message.length; next += 1) {
    const byte = message[next] ?? 0;
    value += (byte % 128) * scale;
    scale *= 128;
    if (byte < 128) return { value, next: next + 1 };
  }
  throw new Error(`protobuf ends within the number at byte ${offset}`);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.of(...bytes, rest);
}
