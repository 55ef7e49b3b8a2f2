import type { Simulator } from '../simulator/simulator.ts';

/** Why a wait ended without success, as the end of a sentence: `nothing is under way any more`. */
type InVain = string;

export interface Watch {
  /** In the simulator's time. */
  readonly longestMs: number;
  /**
   * Whether fast time runs on to the end of the wait if only schedules are left: a sweep can push on a stuck
   * voicemail.
   */
  readonly isSweepAwaited?: boolean;
  /** Called at most once, and not after the wait was ended. */
  readonly onEnd: (why: InVain) => void;
}

/** The clocks of a watch. Absent: the machine's. */
export interface Pulse {
  /** Calls `look` about once a second, until the returned function is called. */
  readonly every: (look: () => void) => () => void;
  /** The CPU time of this process, workers included. */
  readonly cpuMs: () => number;
}

/** After so many checks in a row without pending work, a happening or a move of the clock, the wait ends. */
const QUIET_LOOKS = 10;
/** After so many checks in a row with pending work and without a move, the simulator counts as hanging. */
const HANGING_LOOKS = 300;
/** A process that has used this much CPU since the last move has not stopped, however slow the machine is. */
const MOVING_CPU_MS = 3_000;

/**
 * Ends a wait that cannot succeed. It observes the simulator and not the machine's clock, because a busy
 * machine needs many times as long for the same voicemail. Returns a function that ends the watch.
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
    // Timers that are due at the same time run first.
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
    // It does not keep the process alive: if nothing else does, nothing can happen.
    const interval = setInterval(look, 1000).unref();
    return () => clearInterval(interval);
  },
  cpuMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};
