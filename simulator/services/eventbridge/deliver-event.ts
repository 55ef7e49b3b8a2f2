import type { Clock } from '../../clock.ts';
import { type Disorder, IN_ORDER } from '../../faults/disorder.ts';
import type { Happenings } from '../../happenings.ts';
import { inBackground } from '../../in-background.ts';
import type { EventBridgeEvent } from './event.ts';

/** The target of a rule. A rejection means that the event could not be delivered; it is retried. */
export type EventTarget = (event: unknown) => Promise<void> | void;

export interface Delivery {
  readonly ruleName: string;
  readonly target: EventTarget;
  readonly event: EventBridgeEvent;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 600_000;

/** Source: EventBridge user guide, "How EventBridge retries delivering events". */
const LONGEST_TRIED_MS = 24 * 3_600_000;
const MOST_RETRIES = 185;

/**
 * Delivers events to targets: after `delayMs`, then again after 1 s, 2 s, 4 s … up to every ten minutes, for
 * a day. AWS's own delays are not published and have jitter. An event that cannot be delivered within a day
 * is dropped, and a `log` happening under the rule's name reports that. Dead-letter queues of targets are
 * not simulated.
 */
export function createDeliveries({
  clock,
  happenings,
  delayMs,
  disorder = IN_ORDER,
}: {
  clock: Clock;
  happenings: Happenings;
  delayMs: number;
  disorder?: Disorder;
}): (delivery: Delivery) => void {
  return ({ ruleName, target, event }) => {
    const startMs = clock.now();
    let retries = 0;

    async function attempt(): Promise<void> {
      try {
        await target(event);
      } catch (error) {
        const againInMs = Math.min(FIRST_RETRY_MS * 2 ** retries, LONGEST_RETRY_MS);
        const isTooLate = clock.now() + againInMs - startMs > LONGEST_TRIED_MS;
        if (isTooLate || retries === MOST_RETRIES) giveUp(error);
        else clock.after(againInMs, () => inBackground(attempt()));
        retries += 1;
      }
    }

    function giveUp(error: unknown): void {
      const line = `Event ${event.id} was dropped after ${retries} retries: ${String(error)}`;
      happenings.tell({ kind: 'log', atMs: clock.now(), functionId: ruleName, line });
    }

    const inMs = delayMs + disorder.lateMs(ruleName);
    clock.after(inMs, () => inBackground(attempt()));
    const againAfterMs = disorder.repeatedAfterMs(ruleName);
    if (againAfterMs !== undefined) clock.after(inMs + againAfterMs, () => inBackground(attempt()));
  };
}
