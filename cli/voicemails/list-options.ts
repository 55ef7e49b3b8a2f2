import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Stage, STAGES } from '../../src/domain/follow-up.ts';
import { LEDGER_STATES, OPEN_STATES } from '../../src/domain/ledger-entry.ts';
import type { WantedStates } from '../aws/ledger-list.ts';
import { UsageError } from '../command.ts';
import type { PlaceOptions } from '../place.ts';
import { COMMON_OPTIONS } from './operations.ts';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export interface ListOptions extends PlaceOptions {
  /** Asked for by name, and searched for in the whole ledger; absent: by the ledger's indexes. */
  readonly states?: WantedStates | undefined;
  /** Only what waits for somebody, by the options that say so. */
  readonly waiting?: WaitingOptions | undefined;
  /** All of a caller, whatever their state. */
  readonly from?: string | undefined;
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly sinceMs: number;
  /** An ARN, or the id at its end. */
  readonly queue?: string | undefined;
  readonly withNumbers: boolean;
  readonly isJson: boolean;
  readonly stack?: string | undefined;
}

export interface WaitingOptions {
  readonly stages: readonly Stage[];
  /** Of calls that ended before, milliseconds since the epoch. */
  readonly endedBeforeMs?: number | undefined;
  /** For this agent: a user name; `true`: for whom asks. */
  readonly agent?: string | true | undefined;
}

const WAITING_STAGES = STAGES.filter((stage) => stage !== 'handled');
const MOST_LISTED = 1000;

/** Throws UsageError, or parseArgs' own TypeError. */
export function parseListOptions(args: readonly string[], nowMs: number): ListOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...COMMON_OPTIONS,
      state: { type: 'string' },
      waiting: { type: 'boolean', default: false },
      unheard: { type: 'boolean', default: false },
      mine: { type: 'boolean', default: false },
      agent: { type: 'string' },
      'older-than': { type: 'string' },
      from: { type: 'string' },
      limit: { type: 'string', default: '50' },
      since: { type: 'string' },
      queue: { type: 'string' },
      numbers: { type: 'boolean', default: false },
    },
  });
  const { state, since, queue, numbers: withNumbers, json: isJson, stack, deployment, endpoint } = values;
  const waiting = waitingIn(values, nowMs);
  const kinds = [state, waiting, values.from].filter((kind) => kind !== undefined);
  if (kinds.length > 1) {
    const others = '--waiting, --unheard, --older-than, --agent or --mine';
    throw new UsageError(`--state, --from, or what waits (${others}): one of these at a time`);
  }
  return {
    states: state === undefined ? undefined : statesIn(state),
    waiting,
    from: values.from,
    limit: limitIn(values.limit),
    sinceMs: since === undefined ? 0 : timeIn(since, nowMs),
    queue,
    withNumbers,
    isJson,
    stack,
    deployment,
    endpoint,
  };
}

interface WaitingValues {
  readonly waiting: boolean;
  readonly unheard: boolean;
  readonly mine: boolean;
  readonly agent?: string | undefined;
  readonly 'older-than'?: string | undefined;
}

function waitingIn(
  { waiting, unheard, mine, agent, 'older-than': age }: WaitingValues,
  nowMs: number,
): WaitingOptions | undefined {
  if (mine && agent !== undefined) throw new UsageError('--mine or --agent NAME, not both');
  if (!waiting && !unheard && !mine && agent === undefined && age === undefined) return undefined;
  return {
    stages: unheard ? ['unheard'] : WAITING_STAGES,
    endedBeforeMs: age === undefined ? undefined : beforeNow(age, nowMs),
    agent: mine ? true : agent,
  };
}

function beforeNow(age: string, nowMs: number): number {
  const ms = msIn(age);
  if (ms === undefined) throw new UsageError(`--older-than ${age} is none of 90m, 12h, 7d`);
  return nowMs - ms;
}

function limitIn(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MOST_LISTED) return limit;
  throw new UsageError(`--limit ${text}: a number from 1 to ${MOST_LISTED}`);
}

/** As a later version may name one. */
const STATE_NAME = /^[A-Za-z][\w-]{0,39}$/;

function statesIn(text: string): WantedStates {
  const words = text.split(',');
  const unfit = words.find((word) => !STATE_NAME.test(word));
  if (unfit !== undefined) throw new UsageError(`--state ${unfit}: ${STATES_THERE_ARE}`);
  const isOpen = words.includes('open');
  const names = words.filter((word) => word !== 'open' && word !== 'all');
  return {
    isAll: words.includes('all'),
    isOpen,
    names: [...new Set([...(isOpen ? OPEN_STATES : []), ...names])],
  };
}

/** For an unknown state. */
export const STATES_THERE_ARE = `there are open, all, ${LEDGER_STATES.join(', ')}`;

/** A day of UTC, or a time with its offset: others would be in the time zone of the user, and the list is in UTC. */
const DATE_OR_TIME = z.union([
  z.iso.date(),
  z.iso.datetime({ offset: true, precision: -1 }), // without seconds
  z.iso.datetime({ offset: true }),
]);
const SINCE_ALLOWED =
  '90m, 12h, 7d, a date in UTC (2026-03-04) or a time with its offset (2026-03-04T09:00-05:00)';

function msIn(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (UNITS_MS[unit] ?? 0);
}

/** `90m`, `12h`, `7d` before now, or a date or time. */
export function timeIn(text: string, nowMs: number): number {
  const ms = msIn(text);
  if (ms !== undefined) return nowMs - ms;
  if (!DATE_OR_TIME.safeParse(text).success)
    throw new UsageError(`--since ${text} is none of ${SINCE_ALLOWED}`);
  return Date.parse(text);
}
