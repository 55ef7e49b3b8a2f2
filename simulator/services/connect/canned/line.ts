import type { Clock } from '../../../clock.ts';

/** A caller's telephone line, for as long as the call lasts. */
export interface Line {
  /**
   * Waits until that time or the end of the call, whichever is first. Answers
   * whether the call goes on.
   */
  readonly waitUntil: (timeMs: number) => Promise<boolean>;
  /** When the call ended; the future, or Infinity, while it goes on. Epoch milliseconds. */
  readonly endsAtMs: () => number;
  /** Ends the call now. */
  readonly hangUp: (disconnectReason?: string) => void;
  /** Why the call ended, as the contact record words it. Undefined where the API ended it and said nothing. */
  readonly disconnectReason: () => string | undefined;
}

/** A line on which the caller hangs up at a given time, if not before. One waits at a time. */
export function openLine(clock: Clock, hangsUpAtMs: number): Line {
  let endsAtMs = hangsUpAtMs;
  let reason: string | undefined = 'CUSTOMER_DISCONNECT';
  let wake: (() => void) | undefined;

  return {
    waitUntil: (timeMs) =>
      new Promise((resolve) => {
        const cancel = clock.after(Math.min(timeMs, endsAtMs) - clock.now(), () => wake?.());
        wake = () => {
          cancel();
          resolve(clock.now() < endsAtMs);
        };
      }),
    endsAtMs: () => endsAtMs,
    hangUp(disconnectReason) {
      if (clock.now() >= endsAtMs) return;
      endsAtMs = clock.now();
      reason = disconnectReason;
      wake?.();
    },
    disconnectReason: () => reason,
  };
}
