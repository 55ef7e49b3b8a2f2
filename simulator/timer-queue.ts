/** A function to run at a time. */
export interface Timer {
  /** Epoch milliseconds. */
  readonly dueMs: number;
  readonly run: () => void;
  readonly background: boolean;
}

/** Timers, in the order in which they are due, and then in the order in which they were added. */
export interface TimerQueue {
  readonly first: () => Timer | undefined;
  readonly add: (timer: Timer) => void;
  /** Does nothing if the timer is not in the queue. */
  readonly remove: (timer: Timer) => void;
  /** How many are not in the background. */
  readonly foregroundCount: () => number;
  readonly clear: () => void;
}

interface Entry {
  readonly timer: Timer;
  readonly order: number;
}

/**
 * A binary heap: adding a timer and taking the first take logarithmic time. A timer that is removed further
 * back stays in the heap until it comes to the front, and is skipped there.
 */
export function createTimerQueue(): TimerQueue {
  const heap: Entry[] = [];
  const live = new Set<Timer>();
  let foreground = 0;
  let order = 0;

  function swapped(a: number, b: number): boolean {
    const [one, other] = [heap[a], heap[b]];
    if (!one || !other || !isBefore(one, other)) return false;
    [heap[a], heap[b]] = [other, one];
    return true;
  }

  function rise(from: number): void {
    for (let at = from; at > 0 && swapped(at, parentOf(at));) at = parentOf(at);
  }

  function sink(): void {
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const [leftEntry, rightEntry] = [heap[left], heap[right]];
      const child = leftEntry && rightEntry && isBefore(rightEntry, leftEntry) ? right : left;
      if (!swapped(child, at)) return;
      at = child;
    }
  }

  function dropFirst(): void {
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    heap[0] = last;
    sink();
  }

  return {
    first() {
      for (let entry = heap[0]; entry; entry = heap[0]) {
        if (live.has(entry.timer)) return entry.timer;
        dropFirst();
      }
      return undefined;
    },
    add(timer) {
      live.add(timer);
      if (!timer.background) foreground += 1;
      rise(heap.push({ timer, order: (order += 1) }) - 1);
    },
    remove(timer) {
      if (live.delete(timer) && !timer.background) foreground -= 1;
    },
    foregroundCount: () => foreground,
    clear() {
      heap.length = 0;
      live.clear();
      foreground = 0;
    },
  };
}

function parentOf(at: number): number {
  return Math.floor((at - 1) / 2);
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.timer.dueMs < b.timer.dueMs || (a.timer.dueMs === b.timer.dueMs && a.order < b.order);
}
