import type { Clock } from '../../../clock.ts';

/** A caller's telephone line, for as long as the call lasts. */
export interface Line {
  /** Waits until that time or the end of the call, whichever is first. Returns whether the call goes on. */
  readonly waitUntil: (timeMs: number) => Promise<boolean>;
  /** When the call ended; the future, or Infinity, while it goes on. Epoch milliseconds. */
  readonly endsAtMs: () => number;
  /** Ends the call now. */
  readonly hangUp: (disconnectReason?: string) => void;
  /** Why the call ended, in the contact record's words. Undefined if the API ended it without a reason. */
  readonly disconnectReason: () => string | undefined;
}

/** A line on which the caller hangs up at a given time, or before. Only one can wait at a time. */
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
