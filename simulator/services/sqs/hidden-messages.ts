import type { StoredMessage } from './message.ts';

/** Messages that cannot be received before their `visibleAtMs`. */
export interface HiddenMessages {
  readonly add: (message: StoredMessage) => void;
  /** Does nothing if the message is not hidden. */
  readonly remove: (message: StoredMessage) => void;
  readonly clear: () => void;
  /** Removes and returns those that are due, the earliest first. */
  readonly takeDue: (nowMs: number) => readonly StoredMessage[];
  /** When the next one becomes visible; Infinity if there is none. */
  readonly nextVisibleAtMs: () => number;
}

export function createHiddenMessages(): HiddenMessages {
  const hidden = new Set<StoredMessage>();
  let nextVisibleAtMs = Number.POSITIVE_INFINITY;

  function findNextVisible(): void {
    nextVisibleAtMs = Number.POSITIVE_INFINITY;
    for (const { visibleAtMs } of hidden) nextVisibleAtMs = Math.min(nextVisibleAtMs, visibleAtMs);
  }

  return {
    add(message) {
      hidden.add(message);
      nextVisibleAtMs = Math.min(nextVisibleAtMs, message.visibleAtMs);
    },
    remove(message) {
      if (hidden.delete(message) && message.visibleAtMs === nextVisibleAtMs) findNextVisible();
    },
    clear() {
      hidden.clear();
      nextVisibleAtMs = Number.POSITIVE_INFINITY;
    },
    takeDue(nowMs) {
      if (nowMs < nextVisibleAtMs) return [];
      const due = [...hidden].filter(({ visibleAtMs }) => visibleAtMs <= nowMs);
      for (const message of due) hidden.delete(message);
      findNextVisible();
      return due.toSorted((a, b) => a.visibleAtMs - b.visibleAtMs);
    },
    nextVisibleAtMs: () => nextVisibleAtMs,
  };
}
