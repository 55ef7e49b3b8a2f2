import { PermanentError, RetryableError } from '../../src/domain/errors.ts';

/** The rates of faults, from 0 to 1, of all calls that a step makes. */
export interface Disorder {
  readonly unavailable: number;
  readonly refused: number;
  readonly crashed: number;
  /** The rates for the events of S3, Transcribe and SES. */
  readonly lostEvents: number;
  readonly doubledEvents: number;
  /** The rate of invocations whose clock is minutes off. */
  readonly skewed: number;
  /** The rate of calls of SES after which it is not known whether a mail was sent. */
  readonly unanswered: number;
  /** SES’s event about a mail is processed before anything else happens. */
  readonly hasPromptMailEvents: boolean;
}

export const ORDER: Disorder = {
  unavailable: 0,
  refused: 0,
  crashed: 0,
  lostEvents: 0,
  doubledEvents: 0,
  skewed: 0,
  unanswered: 0,
  hasPromptMailEvents: false,
};

/** The function crashed in the middle of its work. No step must mistake this for an error of a port. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export interface Random {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  readonly chance: (rate: number) => boolean;
  /** Picks one of them. Throws RangeError if there is none. */
  readonly pick: <One>(among: readonly One[]) => One;
}

/** The same for the same seed. Source: the mulberry32 generator, in the public domain. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (rate) => next() < rate,
    pick: (among) => {
      const found = among[Math.floor(next() * among.length)];
      if (found === undefined) throw new RangeError('there is nothing to pick from');
      return found;
    },
  };
}

export interface Turns {
  /** Waits for its turn, and then can fail before or after the call. */
  readonly visit: <Answer>(invocation: Invocation, call: () => Promise<Answer>) => Promise<Answer>;
  /** Lets one waiting step go on. */
  readonly letOneGoOn: () => Promise<void>;
  readonly waiting: () => number;
}

export interface Invocation {
  isDead: boolean;
  /** Its handler has returned, also after a crash. */
  isOver: boolean;
  /** The number of its faults. */
  setbacks: number;
}

/** Steps run in turns, in any order, with one turn for each call. */
export function takingTurns(random: Random, disorder: () => Disorder): Turns {
  const waiting: (() => void)[] = [];

  function fail(invocation: Invocation): void {
    const { unavailable, refused, crashed } = disorder();
    const fate = random.next();
    if (fate < crashed) {
      invocation.isDead = true;
      throw new Crash();
    }
    if (fate < crashed + unavailable) throw new RetryableError('UNAVAILABLE', 'no answer');
    if (fate < crashed + unavailable + refused) throw new PermanentError('REFUSED', 'no');
  }

  return {
    visit: async (invocation, call) => {
      await new Promise<void>((resolve) => void waiting.push(resolve));
      if (invocation.isDead) throw new Crash();
      const isBefore = random.chance(0.5);
      if (isBefore) fail(invocation);
      const answer = await call();
      if (!isBefore) failAfter(() => fail(invocation));
      return answer;
    },
    letOneGoOn: async () => {
      const index = Math.floor(random.next() * waiting.length);
      waiting.splice(index, 1)[0]?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
    waiting: () => waiting.length,
  };
}

/** A refused call was not done. */
function failAfter(fail: () => void): void {
  try {
    fail();
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
  }
}
