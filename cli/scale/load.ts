import { ASSUMED } from '../cost/model/assumptions.ts';
import { type Calls, callsPerSecond, type Mode, stepsOf } from '../cost/model/calls.ts';

/** What an administrator expects. */
export interface Expected {
  readonly voicemailsPerDay: number;
  /** Of each message. */
  readonly seconds: number;
  /** The part of a day's voicemails that comes in its busiest hour. */
  readonly busiestHour: number;
  /** How long a task is open, from its delivery until an agent completes it. */
  readonly taskHours: number;
  readonly mode: Mode;
  readonly isAttached: boolean;
}

/** What comes of it in the busiest hour. */
export interface Load extends Expected {
  readonly perSecond: number;
  /** A second, by service and operation. The functions stay warm at such rates. */
  readonly calls: Calls;
  /** Callers who listen to the greeting or speak, at once. */
  readonly callers: number;
}

export const USUALLY = { seconds: 45, busiestHour: 0.2, taskHours: 2 } as const;

/** What is reckoned with beside `ASSUMED` of the costs. */
export const ASSUMED_AT_SCALE = {
  /** A job of Amazon Transcribe for a message of 45 seconds takes 10 to 30. */
  jobSeconds: 20,
  /** Of a contact record. */
  recordBytes: 6000,
  /** A second, of everything that waits for its turn: what is asked for is so many times what is needed. */
  headroom: 1.5,
} as const;

const SECONDS_PER_HOUR = 3600;

export function loadOf(expected: Expected): Load {
  const { voicemailsPerDay, busiestHour, seconds } = expected;
  const perSecond = (voicemailsPerDay * busiestHour) / SECONDS_PER_HOUR;
  return {
    ...expected,
    perSecond,
    calls: callsPerSecond(stepsOf(expected), perSecond, 'warm'),
    callers: perSecond * (seconds + ASSUMED.callBesidesSeconds),
  };
}

/**
 * How long it takes until nothing waits, in seconds, if so many wait, so many a second are delivered, and so many a
 * second still come in. Infinity: it never ends.
 */
export function backlogSeconds(waiting: number, deliveredPerSecond: number, comingPerSecond = 0): number {
  const gained = deliveredPerSecond - comingPerSecond;
  return gained > 0 ? waiting / gained : Infinity;
}
