import type { Email } from '../../src/domain/email/email.ts';
import type { VoicemailToMail } from '../../src/domain/delivery.ts';
import { PermanentError, RetryableError } from '../../src/domain/errors.ts';
import { emailVoicemail, type EmailVoicemailPorts } from '../../src/steps/email-voicemail.ts';
import type { Invocation, Random } from './disorder.ts';
import type { InMemoryCloud } from './in-memory.ts';

/** A port whose calls each wait for their turn, and can fail. */
export type Guard = <Args extends readonly unknown[], Answer>(
  port: (...args: Args) => Promise<Answer>,
) => (...args: Args) => Promise<Answer>;

export interface MailPortsParts extends Pick<EmailVoicemailPorts, 'instanceArn' | 'setback' | 'now'> {
  readonly cloud: InMemoryCloud;
  readonly guard: Guard;
  readonly random: Random;
  readonly self: Invocation;
}

/** The mail ports of one invocation. */
export function mailPorts({ cloud, guard, random, self, ...common }: MailPortsParts) {
  const { arrivals, ses } = cloud;

  /** The errors of the adapter: it is not known whether the mail was sent, or it certainly was not sent. */
  async function sendMail(email: Email): Promise<string> {
    let isSent = false;
    const send = guard(async () => {
      const messageId = await ses.sendMail(email, self);
      isSent = true;
      return messageId;
    });
    try {
      return await send();
    } catch (error) {
      const isThrottled = !isSent && random.chance(0.5);
      if (!(error instanceof RetryableError) || isThrottled) throw error;
      throw new RetryableError('UNANSWERED', 'SES gave no answer', { cause: error });
    }
  }

  const ports: EmailVoicemailPorts = {
    ...common,
    noteMailing: guard((contactId, change) => arrivals.noteMailing(contactId, change, common.now())),
    sendMail,
    addressesOf: guard(async () => ['billing@example.com']),
    readTemplate: guard(() => Promise.reject(new PermanentError('TEMPLATE', 'there is none'))),
    readRecording: guard(async (key: string) => Buffer.from(key)),
    settings: {
      from: 'Acme Voicemail <vm@example.com>',
      templates: {},
      recording: 'both',
      largestAttachmentBytes: 1_000_000,
    },
    onMissingVariables: () => {},
    onUnusableAddresses: () => {},
    onRecipientsNotAllowed: () => {},
  };
  return {
    mail: (voicemail: VoicemailToMail) => emailVoicemail(voicemail, ports),
    noteMailSent: guard(cloud.book.ports.noteMailSent),
    onMailFailed: () => {},
    onMailLost: () => {},
  };
}
