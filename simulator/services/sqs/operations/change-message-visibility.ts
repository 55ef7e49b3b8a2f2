import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { missingParameter } from '../errors.ts';
import { findNumber, onQueue, queueIn, requireText } from '../input.ts';
import type { SqsParts } from '../parts.ts';
import { LONGEST_VISIBILITY_SECONDS, type Queue } from '../queue.ts';

export function changeMessageVisibility(parts: SqsParts): JsonOperation {
  return {
    name: 'ChangeMessageVisibility',
    needs: onQueue('ChangeMessageVisibility', parts),
    answer: (input) => changeOne(input, queueIn(input, parts)),
  };
}

/** Does one ChangeMessageVisibility, or one entry of its batch. */
export function changeOne(input: JsonObject, queue: Queue): void {
  const handle = requireText(input, 'ReceiptHandle');
  const limits = { least: 0, most: LONGEST_VISIBILITY_SECONDS };
  const seconds = findNumber(input, 'VisibilityTimeout', limits);
  if (seconds === undefined) throw missingParameter('VisibilityTimeout');
  queue.changeVisibility(handle, seconds);
}
