import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { askQueueKey, RECEIVING, SENDING } from '../encryption.ts';
import { invalidParameter } from '../errors.ts';
import { findNumber, requireText } from '../input.ts';
import type { SqsParts } from '../parts.ts';
import { sourcesOf } from '../source-queues.ts';

const HIGHEST_RATE = 500;

/** StartMessageMoveTask: redrive of a dead-letter queue. move-tasks.ts says which messages move. */
export function startMessageMoveTask(parts: SqsParts): JsonOperation {
  return {
    name: 'StartMessageMoveTask',
    needs(input) {
      const sourceArn = requireText(input, 'SourceArn');
      const onSource = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
      const destinations = [destinationIn(input) ?? sourcesOf(sourceArn, parts)].flat();
      return [
        ...onSource.map((action) => ({ action: `sqs:${action}`, resource: sourceArn })),
        ...destinations.map((resource) => ({ action: 'sqs:SendMessage', resource })),
      ];
    },
    answer(input, { caller }) {
      const sourceArn = requireText(input, 'SourceArn');
      const destinationArn = destinationIn(input);
      const rate = findNumber(input, 'MaxNumberOfMessagesPerSecond', { least: 1, most: HIGHEST_RATE });
      requireResource(parts, 'SourceArn', sourceArn);
      if (sourcesOf(sourceArn, parts).length === 0) {
        throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
      }
      if (destinationArn !== undefined) {
        requireResource(parts, 'DestinationArn', destinationArn);
        if (destinationArn === sourceArn)
          throw invalidParameter('Source queue arn and destination queue arn cannot be the same.');
      }
      askQueueKey(parts.keys, parts.queue(sourceArn).options, RECEIVING, caller);
      for (const arn of [destinationArn ?? sourcesOf(sourceArn, parts)].flat()) {
        askQueueKey(parts.keys, parts.queue(arn).options, SENDING, caller);
      }
      const task = parts.tasks.start({ sourceArn, destinationArn, maxMessagesPerSecond: rate });
      return { TaskHandle: task.handle };
    },
  };
}

function destinationIn({ DestinationArn: arn }: JsonObject): string | undefined {
  return typeof arn === 'string' ? arn : undefined;
}

function requireResource({ queues }: SqsParts, name: string, arn: string): void {
  if (queues.has(arn)) return;
  const message = `The resource that you specified for the ${name} parameter doesn't exist.`;
  throw new AwsError('ResourceNotFoundException', 404, message);
}
