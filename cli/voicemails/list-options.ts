import { parseArgs } from 'node:util';
import { z } from 'zod';
import { LEDGER_STATES, OPEN_STATES } from '../../src/domain/ledger-entry.ts';
import type { WantedStates } from '../aws/ledger-list.ts';
import { UsageError } from '../command.ts';
import type { PlaceOptions } from '../place.ts';
import { COMMON_OPTIONS } from './operations.ts';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export interface ListOptions extends PlaceOptions {
  readonly states: WantedStates;
  /** Milliseconds since the epoch. */
  readonly sinceMs: number;
  /** An ARN, or the id at its end. */
  readonly queue?: string | undefined;
  readonly withNumbers: boolean;
  readonly isJson: boolean;
  readonly stack?: string | undefined;
}

/** Throws UsageError, or parseArgs' own TypeError. */
export function parseListOptions(args: readonly string[], nowMs: number): ListOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...COMMON_OPTIONS,
      state: { type: 'string', default: 'open,parked' },
      since: { type: 'string' },
      queue: { type: 'string' },
      numbers: { type: 'boolean', default: false },
    },
  });
  const { state, since, queue, numbers: withNumbers, json: isJson, stack, deployment, endpoint } = values;
  return {
    states: statesIn(state),
    sinceMs: since === undefined ? 0 : timeIn(since, nowMs),
    queue,
    withNumbers,
    isJson,
    stack,
    deployment,
    endpoint,
  };
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

/** `90m`, `12h`, `7d` before now, or a date or time. */
function timeIn(text: string, nowMs: number): number {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return nowMs - Number(count) * (UNITS_MS[unit] ?? 0);
  if (!DATE_OR_TIME.safeParse(text).success)
    throw new UsageError(`--since ${text} is none of ${SINCE_ALLOWED}`);
  return Date.parse(text);
}
