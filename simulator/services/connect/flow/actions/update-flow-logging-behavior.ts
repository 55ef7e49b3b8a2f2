import { z } from 'zod';
import { actionKind } from '../action-kind.ts';
import { DONE } from '../outcome.ts';

/** Turns the log of flows on or off, for the rest of the contact. */
export const updateFlowLoggingBehavior = actionKind({
  parameters: z.object({ FlowLoggingBehavior: z.enum(['Enabled', 'Disabled']) }),
  logName: 'SetLoggingBehavior',
  run({ FlowLoggingBehavior }, { contact }) {
    contact.settings.isLogging = FlowLoggingBehavior === 'Enabled';
    return DONE;
  },
});
