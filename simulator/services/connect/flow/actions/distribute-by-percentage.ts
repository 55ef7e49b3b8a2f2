import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';

/** Draws a number from 1 to 100. */
export const distributeByPercentage = actionKind({
  parameters: z.unknown(),
  logName: 'DistributeByPercentage',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE'],
  run: () => ({ kind: 'result', value: String(randomInt(1, 101)) }),
});
