import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { onQueue, queueIn } from '../input.ts';
import type { SqsParts } from '../parts.ts';

const PURGE_TAKES_MS = 60_000;

/**
 * PurgeQueue. On AWS it takes up to a minute; here it is immediate. A second one within a minute is refused,
 * as on AWS.
 */
export function purgeQueue(parts: SqsParts): JsonOperation {
  const lastAtMs = new Map<string, number>();
  return {
    name: 'PurgeQueue',
    needs: onQueue('PurgeQueue', parts),
    answer(input) {
      const queue = queueIn(input, parts);
      const { arn, name } = queue.options;
      const nowMs = parts.clock.now();
      if (nowMs - (lastAtMs.get(arn) ?? Number.NEGATIVE_INFINITY) < PURGE_TAKES_MS) {
        const message = `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`;
        throw new AwsError('PurgeQueueInProgress', 403, message);
      }
      lastAtMs.set(arn, nowMs);
      queue.purge();
    },
  };
}
