import type { Email } from '../../src/domain/email/email.ts';
import { MAYBE_MAILED } from '../../src/domain/in-words.ts';
import type { MailEvent } from '../../src/domain/queue-messages.ts';
import type { Task } from '../../src/domain/task.ts';
import type { fakeLedger } from '../fake-ledger.ts';
import type { Invocation } from './disorder.ts';

/** Both by docs/decisions/007. */
const EVENT_WAIT_MS = 300_000;
const MOST_MAILS = 2;
const CAME_BACK = 'Nobody took the first task of this message';

interface SentMail {
  readonly messageId: string;
  readonly email: Email;
  readonly sender: Invocation;
  /** The number of faults that the sender had until then. */
  readonly setbacks: number;
  /** By the sender's clock; undefined if the mail was sent before it was noted in the ledger. */
  readonly notedAtMs: number | undefined;
  /** The event that it was sent has been processed. */
  isHeardOf: boolean;
}

/** The answer was lost and is not in the ledger, because of a fault of the sender. */
const isLost = ({ sender, setbacks }: SentMail) => sender.setbacks > setbacks || !sender.isOver;

/** A task or a mail that reached a recipient. */
interface Arrival {
  readonly contactId: string;
  readonly task?: Task | undefined;
  readonly mail?: SentMail | undefined;
  /** Why it should not have been sent. */
  readonly objections: readonly string[];
}

export function textOf({ task, mail }: Pick<Arrival, 'task' | 'mail'>): string {
  return task?.description ?? mail?.email.text ?? '';
}

/** The decision to send a mail, or a task instead of another mail: what was known then. */
interface Decision {
  readonly byClockMs: number;
  readonly isHeardOf: boolean;
}

/**
 * Records which recipient got what, as seen from outside. Every task or mail for a voicemail that has one
 * already gets objections, except those that docs/decisions/007 allows.
 */
export function arrivalsOver({ kept, ports: book }: ReturnType<typeof fakeLedger>) {
  const arrivals: Arrival[] = [];
  const decisions = new Map<string, Decision>();
  /** Voicemails whose task ended and nobody had taken it. */
  const unseen = new Set<string>();
  const comeTo = (contactId: string) => arrivals.filter((arrival) => arrival.contactId === contactId);

  function objectionsTo({ contactId, task, mail }: Omit<Arrival, 'objections'>): readonly string[] {
    const untold = mail && mail.notedAtMs === undefined ? ['the ledger was not written before'] : [];
    const earlier = comeTo(contactId);
    const decision = decisions.get(contactId);
    if (earlier.length === 0) return untold;
    const mails = earlier.flatMap((arrival) => arrival.mail ?? []);
    const tasks = earlier.length - mails.length;
    const isReturn = unseen.has(contactId) && tasks === 1 && textOf({ task, mail }).includes(CAME_BACK);
    if (isReturn) return untold;
    const waitedMs = (decision?.byClockMs ?? 0) - Math.max(...mails.map(({ notedAtMs = 0 }) => notedAtMs));
    const objections = {
      'there is a task': tasks > 0,
      'there are as many mails as there may be': mail && mails.length >= MOST_MAILS,
      'it does not say that it may not be the first': !textOf({ task, mail }).includes(MAYBE_MAILED),
      'no answer was lost': !mails.every(isLost),
      'an event had come in time': decision?.isHeardOf !== false,
      'no event was waited for': waitedMs < EVENT_WAIT_MS,
    };
    return [...untold, ...Object.entries(objections).flatMap(([what, isSo]) => (isSo ? [what] : []))];
  }

  return {
    arrivals,
    comeTo,
    /** Nobody took the task of this voicemail. */
    endUnseen: (contactId: string): void => void unseen.add(contactId),
    hasComeBack: (contactId: string): boolean => unseen.has(contactId),
    arrive: (arrival: Omit<Arrival, 'objections'>): void => {
      arrivals.push({ ...arrival, objections: objectionsTo(arrival) });
    },
    noteMailing: async (
      ...[contactId, change, byClockMs]: [...Parameters<typeof book.noteMailing>, number]
    ) => {
      const isNoted = await book.noteMailing(contactId, change);
      const isHeardOf = comeTo(contactId).some(({ mail }) => mail?.isHeardOf);
      if (isNoted) decisions.set(contactId, { byClockMs, isHeardOf });
      return isNoted;
    },
    /** The event that a mail was sent has been processed. */
    hear: ({ kind, messageId }: MailEvent): void => {
      const about = arrivals.find(({ mail }) => mail?.messageId === messageId);
      if (about?.mail && kind === 'Send') about.mail.isHeardOf = true;
    },
    /** Checks that the voicemail is where the ledger says. */
    isWhereTheLedgerSays: (contactId: string): boolean => {
      const { deliveredAs, deliveredId } = kept.get(contactId) ?? {};
      return comeTo(contactId).some(({ task, mail }) =>
        deliveredAs === 'email' ? mail?.messageId === deliveredId : deliveredAs && task,
      );
    },
  };
}

export type Arrivals = ReturnType<typeof arrivalsOver>;
