import { z } from 'zod';
import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';
import { namedQueue, QUEUE_SHAPE } from '../named-queue.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

/** Sets the contact's target queue. The contact does not enter it yet. */
export const updateContactTargetQueue = actionKind({
  parameters: z.object(QUEUE_SHAPE),
  logName: 'SetQueue',
  flowTypes: ENTRY_FLOWS,
  run(given, call) {
    const queue = namedQueue(given, call);
    if (!queue) return NO_MATCHING_ERROR;
    call.contact.settings.targetQueue = queue;
    return DONE;
  },
});
