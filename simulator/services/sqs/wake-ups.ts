import type { Clock } from '../../clock.ts';

/** Calls listeners when a queue has messages to receive. */
export interface WakeUps {
  /** Also called once, in a later turn, if there are messages already. Returns a function that stops it. */
  readonly listen: (listener: () => void) => () => void;
  /** A message has become receivable. One call of a listener can stand for several of these. */
  readonly tell: () => void;
  /** Call it after the time of the next hidden message can have changed. */
  readonly plan: () => void;
}

/**
 * Without listeners there are no timers: fast time does not jump for a message in a queue without a
 * consumer.
 */
export function createWakeUps({
  clock,
  hasVisible,
  nextVisibleAtMs,
}: {
  clock: Clock;
  /** Also makes messages visible that are due, which calls `tell`. */
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
