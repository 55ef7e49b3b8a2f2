import * as z from 'zod/mini';
import { cleanText } from './clean-text.ts';
import { cut } from './cut.ts';

/** What was done about a voicemail in the end. `unsaid`: an agent ended its task, and nobody said more. */
export const OUTCOMES = ['called-back', 'no-answer', 'not-needed', 'other', 'unsaid'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/**
 * What happened to a voicemail after its delivery.
 *
 * `heard`: its audio was played. `taken`: somebody takes care of it. `released`: that person does not any more.
 * `assigned`: it is for another queue or agent. `handled`: it is done. `reopened`: it is not. `reminded`: somebody was
 * reminded of it.
 */
export const FOLLOW_UP_KINDS = [
  'heard',
  'taken',
  'released',
  'assigned',
  'handled',
  'reopened',
  'reminded',
] as const;

type FollowUpKind = (typeof FOLLOW_UP_KINDS)[number];

/** Where it happened. */
export const FOLLOW_UP_PLACES = ['task', 'guide', 'link', 'inbox', 'command'] as const;

/**
 * One thing that happened, as the ledger and the queue messages have it. Its kind and its place can be those of a later
 * version; such an event is kept, and changes nothing here.
 */
export const followUpEventSchema = z.looseObject({
  /** What happened twice under one id happened once. */
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  kind: z.string(),
  /** When it happened, milliseconds since the epoch: not when it became known. */
  atMs: z.number(),
  /** Where. */
  at: z.string(),
  /** Who: the ARN of an agent, or of an operator's credentials. Absent if it is not known. */
  by: z.optional(z.string()),
  /** Of `taken` and `released` by means of a task: which. */
  taskId: z.optional(z.string()),
  /** Of `assigned`: the ARN of the queue, or agent queue. */
  to: z.optional(z.string()),
  /** Of `handled`. */
  outcome: z.optional(z.string()),
  /** Of `handled`: what the person wrote. */
  note: z.optional(z.string()),
});

export type FollowUpEvent = Readonly<z.infer<typeof followUpEventSchema>>;

/** The same with the names that this version writes. */
export type NewFollowUpEvent = FollowUpEvent & {
  readonly kind: FollowUpKind;
  readonly at: (typeof FOLLOW_UP_PLACES)[number];
  readonly outcome?: Outcome | undefined;
};

const LONGEST_NOTE_CHARS = 1000;

/** A note as it is kept. */
export function noteWithin(text: string): string {
  return cut(cleanText(text).trim(), LONGEST_NOTE_CHARS);
}

export const STAGES = ['unheard', 'heard', 'taken', 'handled'] as const;

export type Stage = (typeof STAGES)[number];

/** How far a voicemail is, after its delivery. */
export interface FollowUp {
  readonly stage: Stage;
  /** The first and the last time that it was heard. */
  readonly heard?: { readonly first: FollowUpEvent; readonly last: FollowUpEvent } | undefined;
  /** Who has it now. */
  readonly taken?: FollowUpEvent | undefined;
  readonly handled?: FollowUpEvent | undefined;
  /** The queue or agent queue that somebody assigned it to, the last time. */
  readonly assignedTo?: string | undefined;
  readonly reminders: number;
}

type Facts = Omit<FollowUp, 'stage'>;

/** The same for the same events, in whatever order they became known. */
export function followUpOf(events: readonly FollowUpEvent[] = []): FollowUp {
  const facts = events.toSorted(asTheyHappened).reduce<Facts>(after, { reminders: 0 });
  return { stage: stageOf(facts), ...facts };
}

function stageOf({ heard, taken, handled }: Facts): Stage {
  if (handled) return 'handled';
  if (taken) return 'taken';
  return heard ? 'heard' : 'unheard';
}

/** Events of one millisecond: nobody releases before taking, and nobody handles what is not reopened. */
function asTheyHappened(a: FollowUpEvent, b: FollowUpEvent): number {
  return a.atMs - b.atMs || rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1);
}

const RANKS: readonly string[] = [
  'reopened',
  'heard',
  'assigned',
  'taken',
  'released',
  'handled',
] satisfies FollowUpKind[];

function rankOf({ kind }: FollowUpEvent): number {
  return RANKS.indexOf(kind);
}

function after(facts: Facts, event: FollowUpEvent): Facts {
  switch (event.kind) {
    case 'heard':
      return { ...facts, heard: { first: facts.heard?.first ?? event, last: event } };
    case 'taken':
      return facts.handled ? facts : { ...facts, taken: event };
    case 'released':
      return facts.taken && isOfOneTask(facts.taken, event) ? { ...facts, taken: undefined } : facts;
    case 'assigned':
      return { ...facts, taken: undefined, assignedTo: event.to };
    case 'handled':
      return { ...facts, taken: undefined, handled: saysMore(event, facts.handled) };
    case 'reopened':
      return { ...facts, taken: undefined, handled: undefined };
    case 'reminded':
      return { ...facts, reminders: facts.reminders + 1 };
    default:
      return facts;
  }
}

/** The end of one task releases nobody who has taken another. */
function isOfOneTask({ taskId: taken }: FollowUpEvent, { taskId: released }: FollowUpEvent): boolean {
  return taken === undefined || released === undefined || taken === released;
}

/** A later word corrects an earlier one; the end of a task corrects nothing. */
function saysMore(event: FollowUpEvent, before: FollowUpEvent | undefined): FollowUpEvent {
  return before && event.outcome === 'unsaid' ? before : event;
}

/** An entry of the ledger has room for them, however often a recording is played. */
const MOST_EVENTS = 200;
/** What people decided stays, whatever else is dropped. */
const DECISIONS: ReadonlySet<string> = new Set<FollowUpKind>(['assigned', 'handled', 'reopened']);

/**
 * The events with those that are new; undefined if none is. Of what one person heard in one place, the first and the
 * last time stay. If there are too many, the oldest that are no decision of a person are dropped.
 */
export function withEvents(
  known: readonly FollowUpEvent[] = [],
  more: readonly FollowUpEvent[] = [],
): readonly FollowUpEvent[] | undefined {
  const ids = new Set(known.map(({ id }) => id));
  const fresh = more.filter(({ id }) => !ids.has(id) && ids.add(id));
  if (fresh.length === 0) return undefined;
  const all = [...known, ...fresh].toSorted(asTheyHappened);
  const kept = all.filter((event) => event.kind !== 'heard' || isFirstOrLast(event, all));
  const surplus = new Set(
    kept.filter(({ kind }) => !DECISIONS.has(kind)).slice(0, Math.max(0, kept.length - MOST_EVENTS)),
  );
  return kept.filter((event) => !surplus.has(event));
}

function isFirstOrLast(event: FollowUpEvent, all: readonly FollowUpEvent[]): boolean {
  const same = all.filter(({ kind, by, at }) => kind === 'heard' && by === event.by && at === event.at);
  return event === same.at(0) || event === same.at(-1);
}
