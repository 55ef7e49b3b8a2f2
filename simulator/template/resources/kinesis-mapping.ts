import { failureObjectKey, failureRecord } from '../../event-sources/failure-record.ts';
import {
  createKinesisReader,
  type KinesisMappingPorts,
  type KinesisWork,
} from '../../event-sources/kinesis-mapping.ts';
import type { MappingReader } from '../../services/lambda/event-source-mappings.ts';
import { TemplateError } from '../template-error.ts';
import { filterPatterns, type Mapping, reportsFailures, requireAllowed } from './mapping.ts';

/** The permissions with which Lambda reads a stream. Source: managed policy AWSLambdaKinesisExecutionRole. */
const READING = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListShards'] as const;
/** Source: Lambda API, CreateEventSourceMapping. */
const DEFAULT_BATCH_SIZE = 100;

/** Checks a mapping from a data stream, and returns what reads for it. */
export function kinesisMapping(mapping: Mapping): MappingReader {
  let work = kinesisWork(mapping);
  return { ...createKinesisReader(() => work), change: (next) => void (work = next) };
}

/** Checks a mapping from a data stream. */
export function kinesisWork(mapping: Mapping): KinesisWork {
  const { mappingId, worker, properties, stack } = mapping;
  const { EventSourceArn: streamArn, MaximumRecordAgeInSeconds: maxAgeSeconds } = properties;
  const { clock, kinesis, lambda, cloudwatch } = stack.cloud;
  for (const operation of READING) {
    const refusal = `Cannot access stream ${streamArn}. Please ensure the role can perform the ${READING.join(', ')} actions on your stream in IAM.`;
    requireAllowed(mapping, { action: `kinesis:${operation}`, resource: streamArn }, refusal);
  }
  const startAt = startingPosition(mapping);
  const keepFailure = failureDestination(mapping);
  const settings = {
    mappingId,
    functionArn: worker.arn,
    roleArn: worker.roleArn,
    streamArn,
    region: stack.account.region,
    batchSize: properties.BatchSize ?? DEFAULT_BATCH_SIZE,
    filterPatterns: filterPatterns(properties),
    startAt,
    reportsFailures: reportsFailures(properties),
    bisects: properties.BisectBatchOnFunctionError,
    maxRetries: properties.MaximumRetryAttempts,
    maxRecordAgeMs: maxAgeSeconds === -1 ? -1 : maxAgeSeconds * 1000,
  };
  const ports: KinesisMappingPorts = {
    clock,
    kinesis,
    async invoke(functionArn, payload) {
      const result = await lambda.invoke(functionArn, payload);
      lambda.mappings.setResult(mappingId, result.functionError ? 'PROBLEM: Function call failed' : 'OK');
      return result;
    },
    tellAge(value) {
      const dimensions = { FunctionName: worker.resource.identity().ref };
      cloudwatch.put({ namespace: 'AWS/Lambda', name: 'IteratorAge', dimensions, value, atMs: clock.now() });
    },
    ...(properties.MetricsConfig.Metrics.includes('EventCount') && {
      tellPolled(value: number) {
        const dimensions = { EventSourceMappingUUID: mappingId };
        const name = 'PolledEventCount';
        cloudwatch.put({ namespace: 'AWS/Lambda', name, dimensions, value, atMs: clock.now() });
      },
    }),
    ...(keepFailure && { keepFailure }),
  };
  // Throws Kinesis's error if there is no such stream.
  kinesis.shards(streamArn);
  return { settings, ports };
}

function startingPosition({ where, properties }: Mapping) {
  const { StartingPosition: position, StartingPositionTimestamp: timestamp } = properties;
  if (position === 'AT_TIMESTAMP' && timestamp !== undefined) return { timestampMs: timestamp * 1000 };
  if (position === 'TRIM_HORIZON' || position === 'LATEST') return position;
  throw new TemplateError(`${where}: a stream needs StartingPosition, and AT_TIMESTAMP a timestamp`);
}

/**
 * The destination of batches that are given up: a bucket gets the whole invocation, a queue only its
 * metadata. Source: Lambda developer guide, "Retain discarded records for a Kinesis event source".
 */
function failureDestination(mapping: Mapping): KinesisMappingPorts['keepFailure'] {
  const { where, mappingId, worker, properties, stack } = mapping;
  const { s3, sqs, identities } = stack.cloud;
  const destination = properties.DestinationConfig.OnFailure?.Destination;
  if (destination === undefined) return undefined;

  const bucket = stack.byArn('AWS::S3::Bucket', destination)?.identity().ref;
  if (bucket !== undefined) {
    const refusal = "The function's execution role does not have permissions to write to the S3 destination";
    const anyKey = `${destination}/aws/lambda/${mappingId}/shardId-000000000000`;
    requireAllowed(mapping, { action: 's3:PutObject', resource: anyKey }, refusal);
    requireAllowed(mapping, { action: 's3:ListBucket', resource: destination }, refusal);
    return async (batch, payload) => {
      const body = Buffer.from(JSON.stringify({ ...failureRecord(batch), payload }));
      const caller = identities.callerFor(worker.roleArn);
      await s3.put({ bucket, key: failureObjectKey(batch), body, contentType: 'application/json', caller });
    };
  }
  if (stack.byArn('AWS::SQS::Queue', destination)) {
    const refusal = 'The provided execution role does not have permissions to call SendMessage on SQS';
    requireAllowed(mapping, { action: 'sqs:SendMessage', resource: destination }, refusal);
    return async (batch) => void sqs.send(destination, JSON.stringify(failureRecord(batch)));
  }
  throw new TemplateError(`${where}: the destination ${destination} is no bucket or queue of the template`);
}
