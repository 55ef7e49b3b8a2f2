import { z } from 'zod';
import { actionKind } from '../action-kind.ts';
import { afterEnqueuing } from '../after-enqueuing.ts';
import { namedQueue, QUEUE_SHAPE } from '../named-queue.ts';
import { NO_MATCHING_ERROR } from '../outcome.ts';

/** Moves the contact from its queue into another. This ends the flow. */
export const dequeueContactAndTransferToQueue = actionKind({
  parameters: z.object(QUEUE_SHAPE),
  logName: 'Transfer',
  flowTypes: ['CUSTOMER_QUEUE'],
  run(given, call) {
    const queue = namedQueue(given, call);
    if (!queue) return NO_MATCHING_ERROR;
    return afterEnqueuing(call.parts.routing.moveTo(call.contact, queue.arn));
  },
});
