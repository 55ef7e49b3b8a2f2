import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { findNumber, requireText } from '../input.ts';
import type { SqsParts } from '../parts.ts';

const MOST_RESULTS = 10;

/** ListMessageMoveTasks: the latest first, by default one. A task has a handle only while it runs. */
export function listMessageMoveTasks(parts: SqsParts): JsonOperation {
  return {
    name: 'ListMessageMoveTasks',
    needs: (input) => [{ action: 'sqs:ListMessageMoveTasks', resource: requireText(input, 'SourceArn') }],
    answer(input) {
      const sourceArn = requireText(input, 'SourceArn');
      const most = findNumber(input, 'MaxResults', { least: 1, most: MOST_RESULTS }) ?? 1;
      if (!parts.queues.has(sourceArn)) {
        const message = "The resource that you specified for the SourceArn parameter doesn't exist.";
        throw new AwsError('ResourceNotFoundException', 404, message);
      }
      const tasks = parts.tasks.list(sourceArn).slice(0, most);
      return {
        Results: tasks.map((task) => ({
          ...(task.status === 'RUNNING' && { TaskHandle: task.handle }),
          Status: task.status,
          SourceArn: task.sourceArn,
          DestinationArn: task.destinationArn,
          MaxNumberOfMessagesPerSecond: task.maxMessagesPerSecond,
          ApproximateNumberOfMessagesMoved: task.moved,
          ApproximateNumberOfMessagesToMove: task.toMove,
          FailureReason: task.failureReason,
          StartedTimestamp: task.startedAtMs,
        })),
      };
    },
  };
}
