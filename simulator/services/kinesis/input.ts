import type { JsonObject } from '../../gateway/protocols.ts';
import { type ApiRequest, AwsError, type Permission } from '../../service.ts';
import type { KinesisParts } from './parts.ts';
import type { Shard } from './shard.ts';
import type { NewRecord, Stream } from './stream.ts';

const LONGEST_PARTITION_KEY = 256;
const MOST_RECORD_BYTES = 1_048_576;
const MOST_HASH_KEY = 2n ** 128n - 1n;

/** The ARN of the stream in a request, by StreamARN or StreamName. */
export function streamArnIn(input: JsonObject, { caller }: ApiRequest, { account }: KinesisParts): string {
  const { partition, region } = account;
  const { StreamARN: arn, StreamName: name } = input;
  if (typeof arn === 'string') return arn;
  if (typeof name === 'string')
    return `arn:${partition}:kinesis:${region}:${caller.accountId}:stream/${name}`;
  throw new AwsError('InvalidArgumentException', 400, 'Either StreamName or StreamARN must be specified.');
}

/** The operation's own action on its stream. */
export function onStream(action: string, parts: KinesisParts) {
  return (input: JsonObject, request: ApiRequest): readonly Permission[] => [
    { action: `kinesis:${action}`, resource: streamArnIn(input, request, parts) },
  ];
}

/** How descriptions of a stream show its encryption. */
export function encryptionOf({ keyId }: Stream): JsonObject {
  return keyId === undefined ? { EncryptionType: 'NONE' } : { EncryptionType: 'KMS', KeyId: keyId };
}

/** Throws AwsError ResourceNotFoundException if the stream has no such shard. */
export function shardOf(stream: Stream, shardId: string): Shard {
  const shard = stream.shards.find((one) => one.shardId === shardId);
  if (shard) return shard;
  const [, , , , accountId] = stream.arn.split(':');
  const message = `Shard ${shardId} in stream ${stream.name} under account ${accountId} does not exist`;
  throw new AwsError('ResourceNotFoundException', 400, message);
}

/** A shard that can be split or merged. Throws AwsError InvalidArgumentException for one that is closed. */
export function openShardIn(input: JsonObject, name: string, stream: Stream): Shard {
  const shard = shardOf(stream, requireText(input, name));
  if (!shard.closed) return shard;
  const [, , , , accountId] = stream.arn.split(':');
  throw invalidArgument(
    `Shard ${shard.shardId} in stream ${stream.name} under account ${accountId} has already been merged or split, and thus is not eligible for merging or splitting.`,
  );
}

export function invalidArgument(message: string): AwsError {
  return new AwsError('InvalidArgumentException', 400, message);
}

/** Source: Kinesis Data Streams API reference, IncreaseStreamRetentionPeriod. */
const SHORTEST_RETENTION_HOURS = 24;
const LONGEST_RETENTION_HOURS = 8760;

export function retentionIn({ RetentionPeriodHours: hours }: JsonObject): number {
  if (typeof hours !== 'number') throw violated(hours, 'retentionPeriodHours', 'Member must not be null');
  if (hours >= SHORTEST_RETENTION_HOURS && hours <= LONGEST_RETENTION_HOURS) return hours;
  throw invalidArgument(
    `Minimum allowed retention period is ${SHORTEST_RETENTION_HOURS} hours, maximum ${LONGEST_RETENTION_HOURS} hours. Requested retention period (${hours} hours) is outside of this.`,
  );
}

/** A record of PutRecord or PutRecords, checked. */
export function parseNewRecord(input: JsonObject): NewRecord {
  const { Data: base64, ExplicitHashKey: hashKey } = input;
  if (typeof base64 !== 'string') throw violated(base64, 'data', 'Member must not be null');
  const partitionKey = requireText(input, 'PartitionKey');
  const data = Buffer.from(base64, 'base64');
  if (hashKey === undefined) return checkedRecord({ data, partitionKey });

  if (typeof hashKey !== 'string' || !/^(0|[1-9]\d{0,38})$/.test(hashKey)) {
    const constraint = 'Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})';
    throw violated(hashKey, 'explicitHashKey', constraint);
  }
  const explicitHashKey = BigInt(hashKey);
  if (explicitHashKey > MOST_HASH_KEY) {
    const message = `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${hashKey}`;
    throw new AwsError('InvalidArgumentException', 400, message);
  }
  return checkedRecord({ data, partitionKey, explicitHashKey });
}

/** Throws AwsError ValidationException if the key is too long or the record too big. */
export function checkedRecord(record: NewRecord): NewRecord {
  const { data, partitionKey } = record;
  if (partitionKey.length > LONGEST_PARTITION_KEY) {
    const constraint = `Member must have length less than or equal to ${LONGEST_PARTITION_KEY}`;
    throw violated(partitionKey, 'partitionKey', constraint);
  }
  if (data.length + Buffer.byteLength(partitionKey) > MOST_RECORD_BYTES) {
    const constraint = `Member must have length less than or equal to ${MOST_RECORD_BYTES}`;
    throw violated('java.nio.HeapByteBuffer', 'data', constraint);
  }
  return record;
}

/** A text that must be present and not empty. */
export function requireText(input: JsonObject, name: string): string {
  const { [name]: value } = input;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  if (typeof value !== 'string') throw violated(value, member, 'Member must not be null');
  if (value === '') throw violated(value, member, 'Member must have length greater than or equal to 1');
  return value;
}

/** A whole number within limits, or the fallback if the request has none. */
export function countIn(
  input: JsonObject,
  { name, most, fallback }: { name: string; most: number; fallback: number },
): number {
  const { [name]: value = fallback } = input;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw violated(value, member, 'Member must have value greater than or equal to 1');
  }
  if (value > most) throw violated(value, member, `Member must have value less than or equal to ${most}`);
  return value;
}

/** The validation framework's sentence that all of AWS's older services share. */
export function violated(value: unknown, member: string, constraint: string): AwsError {
  const given = value === undefined ? 'null' : `'${JSON.stringify(value).replaceAll('"', '')}'`;
  const message = `1 validation error detected: Value ${given} at '${member}' failed to satisfy constraint: ${constraint}`;
  return new AwsError('ValidationException', 400, message);
}
