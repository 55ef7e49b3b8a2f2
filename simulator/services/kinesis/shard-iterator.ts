import { isJsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';

/** The content of a shard iterator, which is opaque to clients. */
export interface ShardPosition {
  readonly streamArn: string;
  readonly shardId: string;
  /** Reading starts after this number; absent: at the oldest record. */
  readonly after?: string | undefined;
  readonly issuedAtMs: number;
}

const ITERATOR_LIVES_MS = 300_000;

export function shardIterator(position: ShardPosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64');
}

/** Throws AwsError InvalidArgumentException if the text is not an iterator. */
export function parseShardIterator(text: string): ShardPosition {
  const value = jsonIn(Buffer.from(text, 'base64').toString('utf8'));
  if (isJsonObject(value)) {
    const { streamArn, shardId, after, issuedAtMs } = value;
    if (
      typeof streamArn === 'string' &&
      typeof shardId === 'string' &&
      typeof issuedAtMs === 'number' &&
      (after === undefined || typeof after === 'string')
    ) {
      return { streamArn, shardId, after, issuedAtMs };
    }
  }
  throw new AwsError('InvalidArgumentException', 400, 'Invalid ShardIterator.');
}

/** Throws AwsError ExpiredIteratorException after five minutes. */
export function checkStillValid({ issuedAtMs }: ShardPosition, nowMs: number): void {
  if (nowMs - issuedAtMs <= ITERATOR_LIVES_MS) return;
  const when = `created at time ${utc(issuedAtMs)} while right now it is ${utc(nowMs)}`;
  const why = `which is further in the future than the tolerated delay of ${ITERATOR_LIVES_MS} milliseconds`;
  throw new AwsError('ExpiredIteratorException', 400, `Iterator expired. The iterator was ${when} ${why}.`);
}

function utc(atMs: number): string {
  return new Date(atMs).toUTCString();
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
