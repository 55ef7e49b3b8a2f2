import type { Clock } from '../../clock.ts';

/** Tells listeners that a queue has something to receive. */
export interface WakeUps {
  /** Also told once, in a later turn, if there is something already. Answers how to stop. */
  readonly listen: (listener: () => void) => () => void;
  /** Something has become receivable. One call of a listener may stand for several of these. */
  readonly tell: () => void;
  /** The time of the next hidden message may have changed. */
  readonly plan: () => void;
}

/**
 * While nobody listens there are no timers: a message that waits in a queue without
 * a consumer is no reason for fast time to move on.
 */
export function createWakeUps({
  clock,
  hasVisible,
  nextVisibleAtMs,
}: {
  clock: Clock;
  /** Also brings in what has fallen due, which calls `tell`. */
  hasVisible: () => boolean;
  nextVisibleAtMs: () => number;
}): WakeUps {
  const listeners = new Set<() => void>();
  let isTelling = false;
  let plannedForMs = Number.POSITIVE_INFINITY;
  let cancelPlan: (() => void) | undefined;

  function tell(): void {
    if (isTelling || listeners.size === 0) return;
    isTelling = true;
    clock.after(0, () => {
      const isWorthIt = hasVisible();
      isTelling = false;
      const present = isWorthIt ? [...listeners] : [];
      for (const listener of present) if (listeners.has(listener)) listener();
    });
  }

  function plan(): void {
    const nextMs = listeners.size === 0 ? Number.POSITIVE_INFINITY : nextVisibleAtMs();
    if (nextMs === plannedForMs) return;
    cancelPlan?.();
    plannedForMs = nextMs;
    if (nextMs === Number.POSITIVE_INFINITY) return;
    cancelPlan = clock.after(nextMs - clock.now(), () => {
      plannedForMs = Number.POSITIVE_INFINITY;
      hasVisible();
      plan();
    });
  }

  return {
    tell,
    plan,
    listen(listener) {
      listeners.add(listener);
      clock.after(0, () => {
        if (listeners.has(listener) && hasVisible()) listener();
      });
      plan();
      return () => {
        listeners.delete(listener);
        plan();
      };
    },
  };
}
