import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';
import { NO_MATCHING_ERROR } from '../outcome.ts';
import { z } from 'zod';

/**
 * Lets a bot ask the caller. The instance has no bots: the action fails as with a bot that is not
 * associated.
 */
export const connectParticipantWithLexBot = actionKind({
  parameters: z.unknown(),
  logName: 'GetUserInput',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE'],
  run: () => NO_MATCHING_ERROR,
});
