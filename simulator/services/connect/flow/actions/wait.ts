import { z } from 'zod';
import { actionKind, Scalar } from '../action-kind.ts';
import { NO_MATCHING_ERROR } from '../outcome.ts';
import { pause } from '../pause.ts';

const LONGEST_SECONDS = 604_800;

/**
 * Waits for a time; in a call it takes its error branch at once. The events that it can also wait for do not
 * happen here.
 */
export const wait = actionKind({
  parameters: z.object({ TimeLimitSeconds: Scalar }),
  logName: 'Wait',
  flowTypes: ['CONTACT_FLOW', 'CUSTOMER_QUEUE'],
  channels: ['TASK', 'CHAT'],
  async run({ TimeLimitSeconds }, { paths, parts: { clock }, signal }) {
    const seconds = Number(paths.single(TimeLimitSeconds) ?? NaN);
    if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) return NO_MATCHING_ERROR;
    await pause(clock, seconds * 1000, signal);
    return { kind: 'result', value: 'WaitCompleted' };
  },
});
