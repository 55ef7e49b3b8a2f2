import { z } from 'zod';
import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';
import { dialable } from '../dialable.ts';
import { DONE } from '../outcome.ts';

/** Sets the number to call back. Every valid number can be dialed here. */
export const updateContactCallbackNumber = actionKind({
  parameters: z.object({ CallbackNumber: z.string() }),
  logName: 'SetCallbackNumber',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE'],
  channels: ['VOICE', 'CHAT'],
  run({ CallbackNumber }, { contact, paths }) {
    const number = dialable(paths.single(CallbackNumber) ?? '');
    if (number === undefined) return { kind: 'error', errorType: 'InvalidCallbackNumber' };
    contact.settings.callbackNumber = number;
    return DONE;
  },
});
