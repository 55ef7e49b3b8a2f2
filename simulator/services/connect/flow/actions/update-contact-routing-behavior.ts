import { z } from 'zod';
import { actionKind, Count } from '../action-kind.ts';
import { DONE } from '../outcome.ts';

/** Moves the contact forward in its queue, or back. */
export const updateContactRoutingBehavior = actionKind({
  parameters: z.object({
    QueuePriority: Count.optional(),
    QueueTimeAdjustmentSeconds: Count.optional(),
  }),
  logName: 'SetContactRoutingBehavior',
  run({ QueuePriority, QueueTimeAdjustmentSeconds }, { contact: { settings } }) {
    if (QueuePriority !== undefined) settings.queuePriority = QueuePriority;
    if (QueueTimeAdjustmentSeconds !== undefined) {
      settings.queueTimeAdjustmentMs = QueueTimeAdjustmentSeconds * 1000;
    }
    return DONE;
  },
});
