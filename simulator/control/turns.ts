import type { Clock } from '../clock.ts';

/** When each call may begin: the clock must not leap in the middle of another. */
export interface Turns {
  /** Resolves when a call may begin. Without a time: at once, unless the clock is about to leap for another one. */
  readonly begin: (wish?: TurnWish) => Promise<void>;
  /** A call that began is over: what it led to is known. */
  readonly end: () => void;
}

interface TurnWish {
  /** Epoch milliseconds. A time that is past by then is no error: the call begins at once. */
  readonly atMs: number;
  /** Called with the number of calls that are not over, if the clock cannot leap at once. */
  readonly onWait: (calls: number) => void;
  /** Called after the leap. */
  readonly onLeap: (leap: { readonly fromMs: number; readonly toMs: number }) => void;
}

interface Waiting {
  readonly wish: TurnWish | undefined;
  readonly go: () => void;
}

/** The clock leaps as soon as no call goes on and nothing works, for all calls that wait for the same time. */
export function createTurns(clock: Clock): Turns {
  let underWay = 0;
  let isLeaping = false;
  let waiting: Waiting[] = [];

  function admit(one: Waiting): void {
    underWay += 1;
    one.go();
  }

  async function goOn(): Promise<void> {
    const next = waiting.reduce<TurnWish | undefined>((least, { wish }) => earlier(least, wish), undefined);
    if (isLeaping || underWay > 0 || !next) return;
    isLeaping = true;
    do await clock.sleep(1);
    while (clock.underWay().working > 0);
    const fromMs = clock.now();
    if (next.atMs > fromMs) clock.leapTo(next.atMs);
    isLeaping = false;
    const admitted = waiting.filter(({ wish }) => !wish || wish.atMs <= next.atMs);
    waiting = waiting.filter((one) => !admitted.includes(one));
    for (const one of admitted) {
      one.wish?.onLeap({ fromMs, toMs: clock.now() });
      admit(one);
    }
  }

  return {
    begin(wish) {
      const { promise, resolve: go } = Promise.withResolvers<void>();
      const isWaited = isLeaping || waiting.length > 0;
      if (!wish && !isWaited) admit({ wish, go });
      else {
        waiting.push({ wish, go });
        if (underWay > 0) wish?.onWait(underWay);
        void goOn();
      }
      return promise;
    },
    end() {
      underWay -= 1;
      void goOn();
    },
  };
}

function earlier(one: TurnWish | undefined, other: TurnWish | undefined): TurnWish | undefined {
  if (!one || !other) return one ?? other;
  return one.atMs <= other.atMs ? one : other;
}
