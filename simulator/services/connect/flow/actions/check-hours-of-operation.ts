import { z } from 'zod';
import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';
import { currentQueue } from '../contact-data.ts';
import { NO_MATCHING_ERROR } from '../outcome.ts';

/**
 * Checks whether the given hours are open now, or those of the contact's own queue if none are given. An
 * agent's queue has no hours.
 */
export const checkHoursOfOperation = actionKind({
  parameters: z.object({ HoursOfOperationId: z.string().optional() }),
  logName: 'CheckHoursOfOperation',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE'],
  run({ HoursOfOperationId }, { contact, paths, parts: { isOpen } }) {
    const queue = currentQueue(contact);
    const named = HoursOfOperationId !== undefined && { hoursId: paths.single(HoursOfOperationId) ?? '' };
    const asked = named || (queue && { queueArn: queue.arn });
    const open = asked && isOpen(asked);
    if (open === undefined) return NO_MATCHING_ERROR;
    return { kind: 'result', value: open ? 'True' : 'False' };
  },
});
