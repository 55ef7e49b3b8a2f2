import { createHash, type Hash } from 'node:crypto';
import { isJsonObject } from '../../gateway/protocols.ts';
import { invalidParameter } from './errors.ts';

export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, each with an optional custom label: `Number.float` */
  readonly DataType: string;
  readonly StringValue?: string;
  /** In base64. */
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

const MOST_ATTRIBUTES = 10;
const NAME = /^(?!aws\.|amazon\.|\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i;
const DATA_TYPE = /^(String|Number|Binary)(\..+)?$/;

/** Throws AwsError InvalidParameterValue if SQS refuses it. */
export function parseMessageAttributes(input: unknown): MessageAttributes {
  if (input === undefined || input === null) return {};
  if (!isJsonObject(input)) throw invalidParameter('The message attributes must be an object.');
  const entries = Object.entries(input);
  if (entries.length > MOST_ATTRIBUTES) {
    const limit = `Number of message attributes [${entries.length}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`;
    throw invalidParameter(limit);
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, parseAttribute(name, value)]));
}

function parseAttribute(name: string, value: unknown): MessageAttribute {
  if (!NAME.test(name)) throw invalidParameter(`The message attribute name '${name}' is invalid.`);
  const { DataType, StringValue, BinaryValue } = isJsonObject(value) ? value : {};
  if (typeof DataType !== 'string' || !DATA_TYPE.test(DataType)) {
    throw invalidParameter(
      `The type of message attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  const isBinary = DataType.startsWith('Binary');
  const content = isBinary ? BinaryValue : StringValue;
  if (typeof content !== 'string' || content === '') {
    const [group] = DataType.split('.');
    throw invalidParameter(
      `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${group}'.`,
    );
  }
  if (DataType.startsWith('Number') && Number.isNaN(Number(content))) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return isBinary ? { DataType, BinaryValue: content } : { DataType, StringValue: content };
}

/** The size of the attributes within a message: names, types and values. */
export function sizeBytesOf(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, attribute]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + valueOf(attribute).length,
    0,
  );
}

const STRING_KIND = 1;
const BINARY_KIND = 2;

/**
 * The digest of a message's attributes that SQS returns and clients compare: MD5 over name, type and value
 * in the order of names, each after its length. Undefined if there are none.
 *
 * Source: SQS developer guide, "Calculating the MD5 message digest for message attributes".
 */
export function md5OfMessageAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) return undefined;

  const hash = createHash('md5');
  for (const name of names) {
    const { [name]: attribute } = attributes;
    if (!attribute) continue;
    updateWithLength(hash, Buffer.from(name));
    updateWithLength(hash, Buffer.from(attribute.DataType));
    hash.update(Buffer.of(attribute.BinaryValue === undefined ? STRING_KIND : BINARY_KIND));
    updateWithLength(hash, valueOf(attribute));
  }
  return hash.digest('hex');
}

function updateWithLength(hash: Hash, bytes: Buffer): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  hash.update(length).update(bytes);
}

function valueOf({ StringValue, BinaryValue }: MessageAttribute): Buffer {
  return BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64');
}
