import type { Happening } from '../../happenings.ts';
import type { SimulatedSqs } from '../sqs/sqs.ts';
import { embeddedMetrics } from './embedded-metrics.ts';
import type { Datum } from './metric-store.ts';

interface Reporters {
  /** The id of the Amazon Connect instance whose calls are counted. */
  readonly instanceId: string;
  /** A function's name by its logical id. */
  readonly nameOf: (functionId: string) => string;
}

/** The metric values that a happening adds: those in a log line, and those of Lambda and Amazon Connect. */
export function reportedMetrics(happening: Happening, { instanceId, nameOf }: Reporters): readonly Datum[] {
  const { kind, atMs } = happening;
  if (kind === 'log') return embeddedMetrics(happening.line);
  if (kind === 'throttle') return lambdaMetrics(nameOf(happening.functionId), { Throttles: 1 }, atMs);
  if (kind === 'invocation') {
    const { functionId, durationMs, error } = happening;
    const values = { Invocations: 1, Errors: error === undefined ? 0 : 1, Duration: durationMs };
    return lambdaMetrics(nameOf(functionId), values, atMs);
  }
  if (kind !== 'ring') return [];
  const dimensions = { InstanceId: instanceId, MetricGroup: 'VoiceCalls' };
  return [{ namespace: 'AWS/Connect', name: 'CallsPerInterval', dimensions, value: 1, atMs }];
}

function lambdaMetrics(
  FunctionName: string,
  values: Readonly<Record<string, number>>,
  atMs: number,
): readonly Datum[] {
  return dataOf({ namespace: 'AWS/Lambda', dimensions: { FunctionName }, values, atMs });
}

/** What SQS reports of each queue, once a minute. */
export function queueMetrics(
  sqs: Pick<SimulatedSqs, 'queueArns' | 'depth' | 'oldestAgeMs'>,
  atMs: number,
): readonly Datum[] {
  return sqs.queueArns().flatMap((queueArn) => {
    const { visible, inFlight } = sqs.depth(queueArn);
    const values = {
      ApproximateAgeOfOldestMessage: Math.floor(sqs.oldestAgeMs(queueArn) / 1000),
      ApproximateNumberOfMessagesVisible: visible,
      ApproximateNumberOfMessagesNotVisible: inFlight,
    };
    const dimensions = { QueueName: queueArn.slice(queueArn.lastIndexOf(':') + 1) };
    return dataOf({ namespace: 'AWS/SQS', dimensions, values, atMs });
  });
}

function dataOf({
  values,
  ...common
}: Omit<Datum, 'name' | 'value'> & { values: Readonly<Record<string, number>> }): readonly Datum[] {
  return Object.entries(values).map(([name, value]) => ({ ...common, name, value }));
}
