import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';
import { afterEnqueuing } from '../after-enqueuing.ts';
import { z } from 'zod';

/** Puts the contact into its target queue. This ends the flow. */
export const transferContactToQueue = actionKind({
  parameters: z.unknown(),
  logName: 'Transfer',
  flowTypes: ENTRY_FLOWS,
  run: (_, { contact, parts }) => afterEnqueuing(parts.routing.enqueue(contact)),
});
