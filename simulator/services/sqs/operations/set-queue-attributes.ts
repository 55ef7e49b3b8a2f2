import type { JsonOperation } from '../../../gateway/protocols.ts';
import { invalidValue } from '../errors.ts';
import { onQueue, queueIn } from '../input.ts';
import type { SqsParts } from '../parts.ts';
import { settingsIn } from '../settable-attributes.ts';

/** SetQueueAttributes: times and the redrive policy. On AWS, this can take a minute. */
export function setQueueAttributes(parts: SqsParts): JsonOperation {
  return {
    name: 'SetQueueAttributes',
    needs: onQueue('SetQueueAttributes', parts),
    answer(input) {
      const queue = queueIn(input, parts);
      const settings = settingsIn(input);
      const deadLetterArn = settings.redrive?.deadLetterArn;
      if (deadLetterArn !== undefined && !parts.queues.has(deadLetterArn)) {
        throw invalidValue(deadLetterArn, 'RedrivePolicy', 'Dead letter target does not exist.');
      }
      queue.change({ ...queue.options, ...settings });
      return undefined;
    },
  };
}
