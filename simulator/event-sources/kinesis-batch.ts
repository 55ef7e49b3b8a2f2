import type { Clock } from '../clock.ts';
import { AwsError } from '../service.ts';
import type { InvocationResult } from '../services/lambda/invoker.ts';
import { failedRecords } from './batch-response.ts';
import type { StreamRecord } from '../services/kinesis/stream.ts';

export interface BatchRules {
  readonly reportsFailures: boolean;
  /** Split a failed batch in two, and try each half. */
  readonly bisects: boolean;
  /** -1: until it works. */
  readonly maxRetries: number;
  /** -1: however old. */
  readonly maxRecordAgeMs: number;
}

export interface BatchPorts {
  readonly clock: Clock;
  readonly invoke: (records: readonly StreamRecord[]) => Promise<InvocationResult>;
  readonly giveUp: (batch: GivenUp) => Promise<void>;
  /** While true, nothing more is tried. */
  readonly isStopped: () => boolean;
}

export interface GivenUp {
  readonly records: readonly StreamRecord[];
  readonly condition: 'RetryAttemptsExhausted' | 'EventAgeExceeded';
  readonly invokeCount: number;
  readonly functionError?: string;
}

interface Attempt {
  readonly records: readonly StreamRecord[];
  readonly retries: number;
  readonly waits: number;
  readonly invokeCount: number;
  readonly functionError?: string;
}

/** AWS does not publish its waits between attempts; these double from one second to a minute. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Processes one batch of a shard, in order. When this resolves, every record was processed or given up, but
 * for those that it returns, because it was stopped.
 *
 * A function that reports failures gets the batch again from the first record that it named. A batch
 * that failed from its first record on is split in two if the mapping bisects, which does not count as
 * a retry; otherwise it is retried. A throttled invocation is retried and not counted.
 *
 * Source: Lambda developer guide, "Configuring partial batch response with Kinesis Data Streams and
 * Lambda". One sentence there says how reports and bisecting work together; this is the most careful
 * reading of it.
 */
export async function workOffBatch(
  records: readonly StreamRecord[],
  rules: BatchRules,
  ports: BatchPorts,
): Promise<readonly StreamRecord[]> {
  const open: Attempt[] = [{ records, retries: 0, waits: 0, invokeCount: 0 }];
  while (!ports.isStopped()) {
    const attempt = open.shift();
    if (!attempt) break;
    open.unshift(...(await tryOnce(attempt, rules, ports)));
  }
  return open.flatMap((attempt) => attempt.records);
}

/** What remains to be tried after this, in order. */
async function tryOnce(attempt: Attempt, rules: BatchRules, ports: BatchPorts): Promise<readonly Attempt[]> {
  const fresh = await withoutOld(attempt, rules, ports);
  if (fresh.records.length === 0) return [];

  let result: InvocationResult;
  try {
    result = await ports.invoke(fresh.records);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return waited({ ...fresh, waits: fresh.waits + 1 }, ports);
  }
  const { functionError: _earlier, ...before } = fresh;
  const tried: Attempt = {
    ...before,
    invokeCount: fresh.invokeCount + 1,
    ...(result.functionError !== undefined && { functionError: result.functionError }),
  };
  const known = tried.records.map(({ sequenceNumber }) => sequenceNumber);
  const failed = failedRecords(result, known, rules);
  const firstFailed = known.findIndex((sequenceNumber) => failed.has(sequenceNumber));
  if (firstFailed < 0) return [];
  if (ports.isStopped()) return [{ ...tried, records: tried.records.slice(firstFailed) }];
  if (firstFailed > 0) return [{ ...tried, records: tried.records.slice(firstFailed) }];
  if (rules.bisects && tried.records.length > 1) return halves(tried);
  return again(tried, rules, ports);
}

function halves(attempt: Attempt): readonly Attempt[] {
  const middle = Math.ceil(attempt.records.length / 2);
  return [
    { ...attempt, records: attempt.records.slice(0, middle) },
    { ...attempt, records: attempt.records.slice(middle) },
  ];
}

async function again(attempt: Attempt, { maxRetries }: BatchRules, ports: BatchPorts) {
  if (maxRetries >= 0 && attempt.retries >= maxRetries) {
    await ports.giveUp({ ...attempt, condition: 'RetryAttemptsExhausted' });
    return [];
  }
  return waited({ ...attempt, retries: attempt.retries + 1, waits: attempt.waits + 1 }, ports);
}

async function waited(attempt: Attempt, { clock }: BatchPorts): Promise<readonly Attempt[]> {
  await clock.sleep(Math.min(FIRST_WAIT_MS * 2 ** (attempt.waits - 1), LONGEST_WAIT_MS));
  return [attempt];
}

/** Gives up the records that have become too old; they are the first ones. */
async function withoutOld(
  attempt: Attempt,
  { maxRecordAgeMs }: BatchRules,
  ports: BatchPorts,
): Promise<Attempt> {
  const oldestMs = maxRecordAgeMs < 0 ? -Infinity : ports.clock.now() - maxRecordAgeMs;
  const old = attempt.records.filter(({ arrivedAtMs }) => arrivedAtMs < oldestMs);
  if (old.length > 0) await ports.giveUp({ ...attempt, records: old, condition: 'EventAgeExceeded' });
  return { ...attempt, records: attempt.records.slice(old.length) };
}
