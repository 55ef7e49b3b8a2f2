import { isKnownState } from '../../src/domain/ledger-entry.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import { callerForMachines } from './caller-words.ts';
import { timeInWords } from './operations.ts';
import { reasonInWords } from './reasons.ts';

/** Names of queues and agents, by their ARNs. */
export type Names = ReadonlyMap<string, string>;

interface Showing {
  readonly names: Names;
  readonly withNumbers: boolean;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/** For whom it is: the ARN of a queue, or of an agent's own queue. */
export function recipientOf({ followUp, recipientArn, voicemail }: KnownVoicemail): string | undefined {
  return followUp?.assignedTo ?? recipientArn ?? voicemail?.queueArn;
}

/** One voicemail, for machines and for the table. Without words that were said, and without notes of people. */
export function describeListed(known: KnownVoicemail, { names, withNumbers, nowMs }: Showing) {
  const { contactId, state, dueAtMs, deliveredAs, failureCode, unreadable, voicemail, followUp } = known;
  const { erasedAtMs } = known;
  const queueArn = recipientOf(known);
  const { heard, taken, handled } = followUp ?? {};
  const who = (arn: string | undefined) => arn && (names.get(arn) ?? arn.slice(arn.lastIndexOf('/') + 1));
  return {
    contactId,
    state,
    stage: followUp?.stage,
    endedAt: timeInWords(voicemail?.endedAtMs),
    age: voicemail ? ageInWords(nowMs - voicemail.endedAtMs) : '-',
    queueArn,
    leftFor: names.get(queueArn ?? ''),
    ...(withNumbers && callerForMachines(voicemail?.from)),
    deliveredAs,
    ...(erasedAtMs !== undefined && { erasedAt: timeInWords(erasedAtMs) }),
    ...(heard && { heardAt: timeInWords(heard.first.atMs), lastHeardAt: timeInWords(heard.last.atMs) }),
    ...(taken && { takenAt: timeInWords(taken.atMs), takenBy: who(taken.by) }),
    ...(handled && {
      handledAt: timeInWords(handled.atMs),
      handledBy: who(handled.by),
      outcome: handled.outcome,
    }),
    ...(dueAtMs !== undefined && { dueAt: timeInWords(dueAtMs) }),
    ...(failureCode !== undefined && { failureCode, reason: reasonInWords(failureCode) }),
    ...(unreadable.length > 0 && { unreadable }),
  };
}

export type Listed = ReturnType<typeof describeListed>;

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const;

/** `3d`, `5h`, `12m`, as `--older-than` takes it. */
function ageInWords(ms: number): string {
  const [unit, length] = UNITS.find(([, one]) => ms >= 2 * one) ?? UNITS[2];
  return `${Math.max(0, Math.floor(ms / length))}${unit}`;
}

/** What is to be said of it in the last column. */
export function remarkOn(one: Listed): string {
  const { unreadable } = one;
  if (unreadable === undefined) return lifeOf(one);
  return [lifeOf(one), `cannot be read in its entry: ${unreadable.join(', ')}`].filter(Boolean).join('; ');
}

function lifeOf(one: Listed): string {
  const { state, deliveredAs, dueAt, reason } = one;
  if (one.erasedAt !== undefined) return `erased, ${one.erasedAt}`;
  if (state === 'delivered') return [`as ${deliveredAs ?? '?'}`, followedUp(one)].filter(Boolean).join('; ');
  const look = dueAt === undefined ? '' : `looked at again at ${dueAt}`;
  if (!isKnownState(state)) return ['a state of a later version', look].filter(Boolean).join('; ');
  if (dueAt !== undefined) return look;
  if (state === 'blank') return 'nothing was said';
  const called = deliveredAs === undefined ? '' : 'somebody was notified that it has no recording; ';
  return [`${called}${reason ?? ''}`, followedUp(one)].filter(Boolean).join('; ');
}

function by(who: string | undefined): string {
  return who === undefined ? '' : ` by ${who}`;
}

function followedUp({ heardAt, takenBy, takenAt, handledAt, handledBy, outcome }: Listed): string {
  if (handledAt !== undefined) return `${outcome ?? 'handled'}${by(handledBy)} at ${handledAt}`;
  if (takenAt !== undefined) return `taken${by(takenBy)} at ${takenAt}`;
  return heardAt === undefined ? '' : `heard at ${heardAt}`;
}
