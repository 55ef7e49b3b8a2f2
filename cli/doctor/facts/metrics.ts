import { CloudWatchClient, type Datapoint, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import type { Look } from '../look.ts';

/** Metrics come some minutes late. */
const QUARTER_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/** How long records waited for a function, the most of the last 15 minutes, in milliseconds; 0 if nothing was read. */
export async function iteratorAgeOf(functionName: string, look: Look): Promise<number> {
  const points = await pointsOf(
    { namespace: 'AWS/Lambda', name: 'IteratorAge', dimension: ['FunctionName', functionName] },
    { statistic: 'Maximum', lengthMs: QUARTER_MS, periodSeconds: 300 },
    look,
  );
  return Math.max(0, ...points.map(({ Maximum = 0 }) => Maximum));
}

/** Records that were put onto a data stream in the last 24 hours. */
export async function incomingRecordsOf(streamName: string, look: Look): Promise<number> {
  const points = await pointsOf(
    { namespace: 'AWS/Kinesis', name: 'IncomingRecords', dimension: ['StreamName', streamName] },
    { statistic: 'Sum', lengthMs: DAY_MS, periodSeconds: 3600 },
    look,
  );
  return points.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
}

interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** Its only one: name and value. */
  readonly dimension: readonly [string, string];
}

interface Stretch {
  readonly statistic: 'Maximum' | 'Sum';
  /** Until now. */
  readonly lengthMs: number;
  readonly periodSeconds: number;
}

async function pointsOf(
  { namespace, name, dimension: [Name, Value] }: Metric,
  { statistic, lengthMs, periodSeconds }: Stretch,
  look: Look,
): Promise<readonly Datapoint[]> {
  const endMs = look.now();
  const command = new GetMetricStatisticsCommand({
    Namespace: namespace,
    MetricName: name,
    Dimensions: [{ Name, Value }],
    StartTime: new Date(endMs - lengthMs),
    EndTime: new Date(endMs),
    Period: periodSeconds,
    Statistics: [statistic],
  });
  const { Datapoints = [] } = await look.ask('cloudwatch:GetMetricStatistics', () =>
    look.client(CloudWatchClient).send(command),
  );
  return Datapoints;
}
