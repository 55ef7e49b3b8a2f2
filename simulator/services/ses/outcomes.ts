import { addressOf, domainOf, recipientsOf } from './mail.ts';
import type { Outcome, TakenMail } from './mail-events.ts';

const MAILBOX_SIMULATOR = 'simulator.amazonses.com';

/** The harmless test file that virus scanners report as a virus. */
const EICAR = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';

/**
 * What happens to a mail, by its recipient: it is delivered, except to addresses of SES's mailbox simulator.
 * These can have a label: `bounce+1@`. Source: SES developer guide, "Using the mailbox simulator manually".
 */
export function outcomesOf({ asked }: TakenMail, atMs: number): readonly Outcome[] {
  const { content, attachments } = asked;
  if ('reason' in content) return [{ type: 'RENDERING_FAILURE', ...content, atMs }];
  if (attachments.some(({ bytes }) => bytes.includes(EICAR))) {
    return [
      { type: 'SEND', atMs },
      { type: 'REJECT', reason: 'Bad content', atMs },
    ];
  }
  const all = recipientsOf(asked).map(addressOf);
  const going = (to: string) => all.filter((address) => simulatedFate(address) === to);
  const bounced = going('bounce');
  const suppressed = going('suppressionlist');
  const complained = going('complaint');
  const delivered = all.filter((address) => !bounced.includes(address) && !suppressed.includes(address));
  const outcomes: Outcome[] = [
    { type: 'SEND', atMs },
    { type: 'DELIVERY', recipients: delivered, atMs },
    { type: 'COMPLAINT', recipients: complained, atMs },
    { type: 'BOUNCE', recipients: bounced, subType: 'General', atMs },
    { type: 'BOUNCE', recipients: suppressed, subType: 'Suppressed', atMs },
  ];
  return outcomes.filter((outcome) => !('recipients' in outcome) || outcome.recipients.length > 0);
}

export function isMailboxSimulator(mailbox: string): boolean {
  return domainOf(mailbox) === MAILBOX_SIMULATOR;
}

function simulatedFate(address: string): string | undefined {
  return isMailboxSimulator(address) ? /^[^@+]*/.exec(address)?.[0].toLowerCase() : undefined;
}
