import type { Simulator } from '../simulator/simulator.ts';

/** Why a wait ended in vain, as the end of a sentence: `nothing is under way any more`. */
type InVain = string;

export interface Watch {
  /** In the simulator's time. */
  readonly longestMs: number;
  /**
   * Whether fast time goes on to the end of the wait although nothing but schedules are left: what got
   * stuck may be taken up by a sweep.
   */
  readonly isSweepAwaited?: boolean;
  /** Called once, and not after the wait was ended. */
  readonly onEnd: (why: InVain) => void;
}

/** What a watch goes by. Absent: the machine's. */
export interface Pulse {
  /** Calls it about once a second, until the answer is called. */
  readonly every: (look: () => void) => () => void;
  /** The CPU time of this process, workers included. */
  readonly cpuMs: () => number;
}

/** So many looks in a row without any work, a happening or a move of the clock: nothing will come any more. */
const QUIET_LOOKS = 10;
/** So many, although something works: it hangs. */
const HANGING_LOOKS = 300;
/** Work that needs as much CPU has not come to a standstill, whatever the machine gives it. */
const MOVING_CPU_MS = 3_000;

/**
 * Ends a wait that is in vain: by what goes on in the simulator and not by the machine's
 * clock, as the same voicemail takes a busy machine many times as long as an idle one. Answers a function
 * that ends the watch.
 */
export function watchProgress(
  { clock, happenings }: Pick<Simulator, 'clock' | 'happenings'>,
  { longestMs, isSweepAwaited = false, onEnd }: Watch,
  { every, cpuMs }: Pulse = MACHINE,
): () => void {
  const offsetMs = new Float64Array(clock.offset);
  const endsAtMs = clock.now() + longestMs;
  let ownTimers = isSweepAwaited ? 1 : 0;
  let moves = 0;
  let seen = { moves: 0, offsetMs: offsetMs[0], cpuMs: cpuMs() };
  let stillLooks = 0;

  function isUnderWay(): boolean {
    const { working, timers } = clock.underWay();
    return working > 0 || timers > ownTimers;
  }

  function look(): void {
    const nowMs = clock.now();
    const hasMoved =
      moves !== seen.moves || offsetMs[0] !== seen.offsetMs || cpuMs() - seen.cpuMs >= MOVING_CPU_MS;
    if (hasMoved) seen = { moves, offsetMs: offsetMs[0], cpuMs: cpuMs() };
    stillLooks = hasMoved ? 0 : stillLooks + 1;
    const { working } = clock.underWay();
    if (nowMs >= endsAtMs)
      end(isUnderWay() ? `it is still under way after ${inWords(longestMs)}` : NOTHING_LEFT);
    else if (!isUnderWay() && !isSweepAwaited && stillLooks >= QUIET_LOOKS) end(NOTHING_LEFT);
    else if (working > 0 && stillLooks >= HANGING_LOOKS)
      end('it is still under way, but nothing has moved for minutes');
  }

  function onTime(): void {
    ownTimers = 0;
    // What is due at the same time has its turn first.
    setImmediate(look);
  }

  function end(why: InVain): void {
    stop();
    onEnd(why);
  }

  const stopListening = happenings.listen(() => (moves += 1));
  const stopLooking = every(look);
  const cancelTimer = isSweepAwaited ? clock.after(longestMs, onTime) : () => {};
  function stop(): void {
    stopListening();
    stopLooking();
    cancelTimer();
  }
  return stop;
}

const NOTHING_LEFT = 'nothing is under way any more';

function inWords(ms: number): string {
  const hours = ms / 3_600_000;
  return hours >= 1
    ? `${hours} hours of the simulator’s time`
    : `${ms / 60_000} minutes of the simulator’s time`;
}

const MACHINE: Pulse = {
  every(look) {
    // It keeps no process alive: where nothing else does, nothing can come.
    const interval = setInterval(look, 1000).unref();
    return () => clearInterval(interval);
  },
  cpuMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};
