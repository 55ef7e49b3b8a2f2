import type { Email } from '../../src/domain/email/email.ts';
import { MAYBE_MAILED } from '../../src/domain/in-words.ts';
import type { MailEvent } from '../../src/domain/queue-messages.ts';
import type { Task } from '../../src/domain/task.ts';
import type { fakeLedger } from '../fake-ledger.ts';
import type { Invocation } from './disorder.ts';

/** Both as docs/decisions/007 says. */
const EVENT_WAIT_MS = 300_000;
const MOST_MAILS = 2;

interface SentMail {
  readonly messageId: string;
  readonly email: Email;
  readonly sender: Invocation;
  /** How often something had gone wrong for the sender until then. */
  readonly setbacks: number;
  /** By the sender's clock; undefined if the ledger was not told before SES was. */
  readonly notedAtMs: number | undefined;
  /** An event that it was sent was dealt with. */
  isHeardOf: boolean;
}

/** An answer is lost that the ledger does not know, because of something that happened to the sender. */
const isLost = ({ sender, setbacks }: SentMail) => sender.setbacks > setbacks || !sender.isOver;

/** What reached a recipient: a task, or a mail. */
interface Arrival {
  readonly contactId: string;
  readonly task?: Task | undefined;
  readonly mail?: SentMail | undefined;
  /** Why it should not have come. */
  readonly objections: readonly string[];
}

export function textOf({ task, mail }: Pick<Arrival, 'task' | 'mail'>): string {
  return task?.description ?? mail?.email.text ?? '';
}

/** To send a mail, or no further one but a task: what was known then. */
interface Decision {
  readonly byClockMs: number;
  readonly isHeardOf: boolean;
}

/**
 * Who got what, as seen from outside. Whatever comes to somebody who has something already is objected to,
 * but for what docs/decisions/007 allows.
 */
export function arrivalsOver({ kept, ports: book }: ReturnType<typeof fakeLedger>) {
  const arrivals: Arrival[] = [];
  const decisions = new Map<string, Decision>();
  const comeTo = (contactId: string) => arrivals.filter((arrival) => arrival.contactId === contactId);

  function objectionsTo({ contactId, task, mail }: Omit<Arrival, 'objections'>): readonly string[] {
    const untold = mail && mail.notedAtMs === undefined ? ['the ledger was not told before'] : [];
    const earlier = comeTo(contactId);
    const decision = decisions.get(contactId);
    if (earlier.length === 0) return untold;
    const mails = earlier.flatMap((arrival) => arrival.mail ?? []);
    const waitedMs = (decision?.byClockMs ?? 0) - Math.max(...mails.map(({ notedAtMs = 0 }) => notedAtMs));
    const objections = {
      'there is a task': mails.length < earlier.length,
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
    /** That a mail was sent was dealt with. */
    hear: ({ kind, messageId }: MailEvent): void => {
      const about = arrivals.find(({ mail }) => mail?.messageId === messageId);
      if (about?.mail && kind === 'Send') about.mail.isHeardOf = true;
    },
    /** Where the ledger says that it is, there it is. */
    isWhereTheLedgerSays: (contactId: string): boolean => {
      const { deliveredAs, deliveredId } = kept.get(contactId) ?? {};
      return comeTo(contactId).some(({ task, mail }) =>
        deliveredAs === 'email' ? mail?.messageId === deliveredId : deliveredAs && task,
      );
    },
  };
}

export type Arrivals = ReturnType<typeof arrivalsOver>;
