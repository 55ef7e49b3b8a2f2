import { attributeOf } from '../domain/contact-attributes.ts';
import type { Email } from '../domain/email/email.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { MAYBE_MAILED } from '../domain/in-words.ts';
import { MAIL_DOUBT_MS, MOST_DOUBTFUL_MAILS } from '../domain/ledger.ts';
import { type VoicemailToMail, withNotes } from '../domain/delivery.ts';
import { composeEmail, type ComposeEmailPorts } from './compose-email.ts';
import type { ClockPort, LedgerPorts } from './ports.ts';

export interface EmailVoicemailPorts extends ComposeEmailPorts, ClockPort, Pick<LedgerPorts, 'noteMailing'> {
  /**
   * Returns the mail's id. Throws PermanentError REFUSED, RetryableError UNANSWERED if the mail may have
   * been sent, and any other RetryableError if it was not.
   */
  readonly sendMail: (email: Email) => Promise<string>;
}

export interface MailedVoicemail {
  readonly messageId: string;
  /** The notes for the recipient. */
  readonly notes: readonly string[];
}

/**
 * Sends a voicemail by email.
 *
 * SES has no token that makes one mail of two tries. So the step writes to the ledger before it calls SES;
 * a mail that a try finds noted there may have been sent. SES reports every sent mail within seconds; the
 * step waits for that with RetryableError NOT_READY, and only a mail without a report is sent once more, with
 * a note. See docs/decisions/007.
 *
 * Throws PermanentError if the voicemail must be delivered in another way: NO_RECIPIENT, REFUSED, or
 * UNANSWERED after the second mail without an answer. The ledger notes that, and no later try sends a mail,
 * because the other delivery can succeed without being noted.
 */
export async function emailVoicemail(
  voicemail: VoicemailToMail,
  ports: EmailVoicemailPorts,
): Promise<MailedVoicemail> {
  const { mailing, delivery } = voicemail;
  if (mailing?.messageId !== undefined) return { messageId: mailing.messageId, notes: delivery.notes };
  if (mailing?.givenUp) throw new PermanentError(mailing.givenUp, 'mailing this voicemail was given up');
  try {
    return await sendOrWait(voicemail, ports);
  } catch (error) {
    if (error instanceof PermanentError) await giveUp(voicemail, error, ports);
    throw error;
  }
}

/** Throws RetryableError if the ledger cannot be written: then no task must be made. */
async function giveUp(
  { mailing, delivery }: VoicemailToMail,
  { code }: PermanentError,
  ports: EmailVoicemailPorts,
): Promise<void> {
  const givenUp = code === 'NO_RECIPIENT' ? code : 'REFUSED';
  const now = { atMs: ports.now(), tries: 0, ...mailing, givenUp } as const;
  const isNoted = await ports
    .noteMailing(delivery.voicemail.contactId, { before: mailing, now })
    .catch((cause: unknown) => {
      throw new RetryableError('UNAVAILABLE', 'it could not be noted that mailing is given up', { cause });
    });
  if (!isNoted) throw new RetryableError('NOT_READY', 'SES or another delivery of this voicemail came first');
}

async function sendOrWait(voicemail: VoicemailToMail, ports: EmailVoicemailPorts): Promise<MailedVoicemail> {
  const { mailing, delivery } = voicemail;
  if (mailing && ports.now() - mailing.atMs < MAIL_DOUBT_MS) {
    throw new RetryableError('NOT_READY', 'a mail of this voicemail may be on its way');
  }
  if (mailing && mailing.tries >= MOST_DOUBTFUL_MAILS) {
    throw new PermanentError('UNANSWERED', 'SES answered none of the tries to send this voicemail');
  }
  const told = withNotes(voicemail, mailing ? [MAYBE_MAILED] : []);
  try {
    return await sendOne(told, ports);
  } catch (error) {
    const { attributes, contactId } = delivery.voicemail;
    const hasOwnSender = SENDER_ATTRIBUTES.some((name) => attributeOf(attributes, name)?.trim());
    if (!hasOwnSender || !(error instanceof PermanentError) || error.code !== 'REFUSED') throw error;
    ports.setback('the mail was not sent from the address in email_from', { contactId, error });
    return sendOne(withUsualSender(told), ports);
  }
}

const SENDER_ATTRIBUTES = ['vmx3_email_from', 'email_from'] as const;

function isSender(name: string): boolean {
  return SENDER_ATTRIBUTES.some((sender) => sender === name);
}

function withUsualSender(mail: VoicemailToMail): VoicemailToMail {
  const { voicemail } = mail.delivery;
  const others = Object.entries(voicemail.attributes).filter(([name]) => !isSender(name));
  const attributes = Object.fromEntries(others);
  const delivery = { ...mail.delivery, voicemail: { ...voicemail, attributes } };
  return withNotes({ ...mail, delivery }, ['The sender in the attribute email_from cannot be used.']);
}

async function sendOne(mail: VoicemailToMail, ports: EmailVoicemailPorts): Promise<MailedVoicemail> {
  const { email, notes } = await composeEmail(mail.delivery, ports);
  const { contactId } = email;
  const before = mail.mailing;
  const now = { atMs: ports.now(), tries: (before?.tries ?? 0) + 1 };
  if (!(await ports.noteMailing(contactId, { before, now }))) {
    throw new RetryableError('NOT_READY', 'another delivery of this voicemail came first');
  }
  try {
    return { messageId: await ports.sendMail(email), notes };
  } catch (error) {
    if (isUnsent(error)) await ports.noteMailing(contactId, { before: now, now: before });
    throw error;
  }
}

/** Whether a failure means that certainly no mail was sent. */
function isUnsent(error: unknown): boolean {
  return error instanceof PermanentError || (error instanceof RetryableError && error.code !== 'UNANSWERED');
}
