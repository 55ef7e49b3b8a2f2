import type { Routing } from '../routing/routing.ts';
import { NO_MATCHING_ERROR, type Outcome } from './outcome.ts';

/** The outcome of an action by routing's answer. */
export function afterEnqueuing(answer: ReturnType<Routing['enqueue']>): Outcome {
  switch (answer) {
    case 'queued':
      return { kind: 'queued' };
    case 'at-capacity':
      return { kind: 'error', errorType: 'QueueAtCapacity' };
    case 'no-queue':
      return NO_MATCHING_ERROR;
  }
}
