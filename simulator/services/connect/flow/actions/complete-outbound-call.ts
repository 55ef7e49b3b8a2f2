import { z } from 'zod';
import { actionKind } from '../action-kind.ts';
import { DONE } from '../outcome.ts';

/** Connects the agent with the person who was called. Both are on the line already. */
export const completeOutboundCall = actionKind({
  parameters: z.unknown(),
  logName: 'CompleteOutboundCall',
  flowTypes: ['OUTBOUND_WHISPER'],
  run: () => DONE,
});
