import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import { recipientOf } from '../voicemails/describe-listed.ts';

/** What a report counts by. */
export const GROUPINGS = ['queue', 'agent', 'day'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** How the voicemails of one group fared. Times are seconds from the end of the call. */
export interface Tally {
  /** An ARN, a day, or `all`. */
  readonly group: string;
  readonly delivered: number;
  readonly unheard: number;
  readonly waiting: number;
  readonly handled: number;
  /** How often each outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Median and 95th percentile of those that were heard, or handled; undefined if none was. */
  readonly toHeard: Percentiles | undefined;
  readonly toHandled: Percentiles | undefined;
}

interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

/** One voicemail after its delivery. */
type Followed = KnownVoicemail & { readonly followUp: NonNullable<KnownVoicemail['followUp']> };

export function tallyOf(group: string, voicemails: readonly Followed[]): Tally {
  const handled = voicemails.filter(({ followUp }) => followUp.handled);
  const outcomes: Record<string, number> = {};
  for (const { followUp } of handled) {
    const { outcome = 'other' } = followUp.handled ?? {};
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return {
    group,
    delivered: voicemails.length,
    unheard: voicemails.filter(({ followUp }) => followUp.stage === 'unheard').length,
    waiting: voicemails.length - handled.length,
    handled: handled.length,
    outcomes,
    toHeard: percentiles(voicemails, ({ followUp }) => followUp.heard?.first.atMs),
    toHandled: percentiles(voicemails, ({ followUp }) => followUp.handled?.atMs),
  };
}

/** The groups in which each voicemail is: by agent, only those that an agent took or handled. */
export function tallies(
  voicemails: readonly Followed[],
  by: Grouping,
  dayOf: (timeMs: number) => string,
): readonly Tally[] {
  const groups = new Map<string, Followed[]>();
  for (const one of voicemails) {
    const group = groupOf(one, by, dayOf);
    if (group === undefined) continue;
    const members = groups.get(group) ?? [];
    members.push(one);
    groups.set(group, members);
  }
  return [...groups].map(([group, members]) => tallyOf(group, members));
}

function groupOf(one: Followed, by: Grouping, dayOf: (timeMs: number) => string): string | undefined {
  const { taken, handled } = one.followUp;
  if (by === 'queue') return recipientOf(one) ?? '-';
  if (by === 'agent') return handled?.by ?? taken?.by;
  return one.voicemail && dayOf(one.voicemail.endedAtMs);
}

function percentiles(
  voicemails: readonly Followed[],
  timeOf: (one: Followed) => number | undefined,
): Percentiles | undefined {
  const seconds = voicemails
    .flatMap((one) => {
      const atMs = timeOf(one);
      return atMs === undefined || !one.voicemail ? [] : (atMs - one.voicemail.endedAtMs) / 1000;
    })
    .toSorted((a, b) => a - b);
  if (seconds.length === 0) return undefined;
  const at = (share: number) => Math.round(seconds[Math.ceil(share * seconds.length) - 1] ?? 0);
  return { p50: at(0.5), p95: at(0.95) };
}
