import { startSqsMapping } from '../../event-sources/sqs-mapping.ts';
import type { MappingReader } from '../../services/lambda/event-source-mappings.ts';
import { TemplateError } from '../template-error.ts';
import { filterPatterns, type Mapping, reportsFailures, requireAllowed } from './mapping.ts';
import { visibilityTimeoutMs } from './sqs-queue.ts';

/** The permissions with which Lambda reads a queue. Source: managed policy AWSLambdaSQSQueueExecutionRole. */
const WORKING = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'] as const;
/** Source: Lambda API, CreateEventSourceMapping. */
const DEFAULT_BATCH_SIZE = 10;

/** Checks a mapping from a queue, and returns what reads for it. */
export function sqsMapping(mapping: Mapping): MappingReader {
  const { where, worker, properties, stack } = mapping;
  const { EventSourceArn: queueArn, ScalingConfig: scaling } = properties;
  const queue = stack.byArn('AWS::SQS::Queue', queueArn);
  if (!queue) throw new TemplateError(`${where}: the template has no queue ${queueArn}`);
  for (const operation of WORKING) {
    const refusal = `The provided execution role does not have permissions to call ${operation} on SQS`;
    requireAllowed(mapping, { action: `sqs:${operation}`, resource: queueArn }, refusal);
  }
  const visibilityMs = visibilityTimeoutMs(queue);
  if (visibilityMs < worker.timeoutMs) {
    throw new TemplateError(
      `${where}: Queue visibility timeout: ${visibilityMs / 1000} seconds is less than Function timeout: ${worker.timeoutMs / 1000} seconds`,
    );
  }
  const settings = {
    functionArn: worker.arn,
    queueArn,
    region: stack.account.region,
    batchSize: properties.BatchSize ?? DEFAULT_BATCH_SIZE,
    ...(scaling.MaximumConcurrency !== undefined && { maxConcurrency: scaling.MaximumConcurrency }),
    reportsFailures: reportsFailures(properties),
    filterPatterns: filterPatterns(properties),
  };
  const { sqs, lambda, identities } = stack.cloud;
  const requireReader = () => sqs.requireReader(queueArn, identities.callerFor(worker.roleArn));
  let stop: (() => void) | undefined;
  return {
    start: () => void (stop ??= startSqsMapping(settings, { sqs, requireReader, invoke: lambda.invoke })),
    stop() {
      stop?.();
      stop = undefined;
    },
  };
}
