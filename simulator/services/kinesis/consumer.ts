import type { JsonObject } from '../../gateway/protocols.ts';
import { AwsError, type Permission } from '../../service.ts';
import { invalidArgument } from './input.ts';
import type { KinesisParts } from './parts.ts';
import type { Stream, StreamConsumer } from './stream.ts';

/** The consumer that a request names by its own ARN, or by its name and that of its stream. */
export function consumerIn(
  { ConsumerARN: arn, StreamARN: streamArn, ConsumerName: name }: JsonObject,
  { stream }: Pick<KinesisParts, 'stream'>,
): { readonly stream: Stream; readonly consumer: StreamConsumer } {
  const ofStream = typeof arn === 'string' ? arn.replace(/\/consumer\/.*$/, '') : streamArn;
  if (typeof ofStream !== 'string' || (typeof arn !== 'string' && typeof name !== 'string')) {
    throw invalidArgument('Either ConsumerARN, or both StreamARN and ConsumerName, must be specified.');
  }
  const found = stream(ofStream);
  const consumer = [...found.consumers.values()].find((one) =>
    typeof arn === 'string' ? one.arn === arn : one.name === name,
  );
  if (consumer) return { stream: found, consumer };
  const message = `Consumer ${String(arn ?? name)} under stream ${found.name} not found.`;
  throw new AwsError('ResourceNotFoundException', 400, message);
}

/** An action on a consumer is one on its ARN. */
export function onConsumer(action: string, parts: KinesisParts) {
  return (input: JsonObject): readonly Permission[] => [
    { action: `kinesis:${action}`, resource: consumerIn(input, parts).consumer.arn },
  ];
}

export function describedConsumer(
  { name, arn, createdAtMs }: StreamConsumer,
  status: 'ACTIVE' | 'CREATING' = 'ACTIVE',
): JsonObject {
  return {
    ConsumerName: name,
    ConsumerARN: arn,
    ConsumerStatus: status,
    ConsumerCreationTimestamp: Math.floor(createdAtMs / 1000),
  };
}
