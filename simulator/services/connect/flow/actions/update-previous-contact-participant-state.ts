import { z } from 'zod';
import { actionKind } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

/**
 * Puts the participant who transfers a call on hold, or takes them off it. It has no effect here; it only
 * fails if there was no call before.
 */
export const updatePreviousContactParticipantState = actionKind({
  parameters: z.object({
    PreviousContactParticipantState: z.enum(['AgentOnHold', 'CustomerOnHold', 'OffHold']),
  }),
  logName: 'HoldCustomerOrAgent',
  flowTypes: ['AGENT_TRANSFER', 'QUEUE_TRANSFER'],
  channels: ['VOICE'],
  run: (_, { contact }) => (contact.previousContactId === undefined ? NO_MATCHING_ERROR : DONE),
});
