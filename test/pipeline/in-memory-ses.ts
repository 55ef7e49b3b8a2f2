import assert from 'node:assert/strict';
import type { Email } from '../../src/domain/email/email.ts';
import { PermanentError, RetryableError } from '../../src/domain/errors.ts';
import { mailEventIn } from '../../src/domain/queue-messages.ts';
import { noteMailEvent } from '../../src/steps/note-mail-event.ts';
import type { fakeLedger } from '../fake-ledger.ts';
import type { Arrivals } from './arrivals.ts';
import type { Disorder, Invocation, Random } from './disorder.ts';

/** SES does not send this mail. */
export const REFUSED_SENDER = 'west@elsewhere.example';

const FATES = ['Bounce', 'Complaint', 'Reject', 'Rendering Failure'] as const;

export interface InMemorySesParts {
  readonly random: Random;
  readonly disorder: () => Disorder;
  readonly book: ReturnType<typeof fakeLedger>;
  readonly arrivals: Arrivals;
  /** Operations that are refused while this is set. */
  readonly faults: { readonly noMails: boolean };
  /** Puts an event into the delivery queue: late, twice, or never. */
  readonly tell: (event: unknown) => void;
}

/** SES accepts mails, each as a new one, and reports their results. */
export function inMemorySes({ random, disorder, book, arrivals, faults, tell }: InMemorySesParts) {
  const events: unknown[] = [];
  let count = 0;

  async function dealWith(event: unknown): Promise<void> {
    const mailEvent = mailEventIn(event);
    assert.ok(mailEvent);
    await noteMailEvent(mailEvent, { ...book.ports, onMailLost: () => {} });
    arrivals.hear(mailEvent);
  }

  return {
    /** Sends every event again. */
    tellAgain: () => events.forEach(tell),
    sendMail: async (email: Email, sender: Invocation) => {
      if (faults.noMails || email.from.includes(REFUSED_SENDER)) {
        throw new PermanentError('REFUSED', 'the sender is not verified');
      }
      const unanswered = random.chance(disorder().unanswered) && new RetryableError('UNANSWERED', '500');
      if (unanswered && random.chance(0.5)) throw unanswered;
      count += 1;
      const messageId = `mail-${count}`;
      const { contactId } = email;
      const notedAtMs = book.kept.get(contactId)?.mailing?.atMs;
      const mail = { messageId, email, sender, setbacks: sender.setbacks, notedAtMs, isHeardOf: false };
      arrivals.arrive({ contactId, mail });
      const kinds = ['Send', ...(random.chance(0.3) ? [random.pick(FATES)] : [])];
      const news = kinds.map((eventType) => eventOf(eventType, contactId, messageId));
      events.push(...news);
      news.forEach(tell);
      if (disorder().hasPromptMailEvents) for (const event of news) await dealWith(event);
      if (unanswered) throw unanswered;
      return messageId;
    },
  };
}

/** Source: Amazon SES developer guide, "Examples of event data that Amazon SES publishes to EventBridge". */
function eventOf(eventType: string, contactId: string, messageId: string) {
  return {
    source: 'aws.ses',
    detail: { eventType, mail: { messageId, tags: { 'contact-id': [contactId] } } },
  };
}
