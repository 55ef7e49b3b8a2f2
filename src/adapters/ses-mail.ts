import {
  BadRequestException,
  GetEmailTemplateCommand,
  type Message,
  NotFoundException,
  SendEmailCommand,
  SESv2Client,
  type SESv2ClientConfig,
} from '@aws-sdk/client-sesv2';
import type { Email, EmailTemplate } from '../domain/email/email.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { fromAws, nameOf, statusOf } from './aws-errors.ts';
import { SEND_EMAIL, timeLimits } from './time-limits.ts';

/**
 * SES answers one template call a second, also for a missing template; and people want to see a change soon.
 */
const CACHED_MS = 300_000;
const REQUEST_TIMEOUT = 408;
const SERVER_ERROR = 500;

export interface SesMailPorts {
  /** Returns the id that SES gave the mail. */
  readonly sendMail: (email: Email) => Promise<string>;
  readonly readTemplate: (name: string) => Promise<EmailTemplate>;
}

export interface SesMailSettings {
  /** Our own configuration set, so that its events raise the alarms. */
  readonly configurationSetName: string;
  readonly now: () => number;
}

/**
 * A client that tries once. SendEmail has no token that makes a second try the same mail: after a lost
 * answer, the SDK's own retry would send the mail again. The ledger decides whether to try again.
 */
export function sesClient(config: SESv2ClientConfig = {}): SESv2Client {
  return new SESv2Client({ ...timeLimits('ses'), ...config, maxAttempts: 1 });
}

/**
 * Mails through Amazon SES, and the templates that administrators keep there.
 *
 * Clicks and openings are never tracked, also if the account tracks other mails: the tracker would know the
 * link to the recording, and some mail clients cut tracked links.
 *
 * `sendMail` throws PermanentError REFUSED if SES refuses the mail: sender not verified, sending paused, an
 * address in the sandbox, the day's quota used up. It throws RetryableError UNANSWERED if the mail may have
 * been sent, and any other RetryableError if it was not. Every event about the mail has the contact's id in
 * its tag `contact-id`. `readTemplate` throws PermanentError TEMPLATE if the template does not exist.
 *
 * Source: SES API v2 reference, SendEmail and GetEmailTemplate.
 */
export function sesMail(ses: SESv2Client, { configurationSetName, now }: SesMailSettings): SesMailPorts {
  const templates = new Map<
    string,
    { readonly untilMs: number; readonly template: EmailTemplate | undefined }
  >();
  return {
    sendMail: async (email) => {
      const command = new SendEmailCommand({
        FromEmailAddress: email.from,
        Destination: { ToAddresses: [...email.to] },
        ...(email.replyTo && { ReplyToAddresses: [...email.replyTo] }),
        Content: { Simple: messageOf(email) },
        ConfigurationSetName: configurationSetName,
        EmailTags: [{ Name: 'contact-id', Value: email.contactId }],
        ConfigurationOverrides: {
          Tracking: { ClickTrackingEnabled: 'DISABLED', OpenTrackingEnabled: 'DISABLED' },
        },
      });
      const { MessageId } = await ses.send(command, SEND_EMAIL).catch((error: unknown) => {
        if (isUnanswered(error)) throw unanswered(nameOf(error), error);
        throw isQuotaUsedUp(error) ? quotaUsedUp(error) : fromAws(error, 'ses:SendEmail');
      });
      if (!MessageId) throw unanswered('no message id');
      return MessageId;
    },
    readTemplate: async (name) => {
      let known = templates.get(name);
      if (!known || now() >= known.untilMs) {
        known = { template: await storedTemplate(ses, name), untilMs: now() + CACHED_MS };
        templates.set(name, known);
      }
      if (known.template) return known.template;
      throw new PermanentError('TEMPLATE', `there is no email template ${name} in SES`);
    },
  };
}

function messageOf({ subject, html, text, contactId, attachment }: Email): Message {
  return {
    Subject: utf8(subject),
    Body: {
      ...(html !== undefined && { Html: utf8(html) }),
      ...(text !== undefined && { Text: utf8(text) }),
    },
    Headers: [{ Name: 'X-Contact-Id', Value: contactId }],
    ...(attachment && {
      Attachments: [
        {
          FileName: attachment.fileName,
          ContentType: attachment.contentType,
          ContentDisposition: 'ATTACHMENT',
          // SES's default is for text of 7 bits.
          ContentTransferEncoding: 'BASE64',
          RawContent: attachment.bytes,
        },
      ],
    }),
  };
}

function utf8(text: string) {
  return { Data: text, Charset: 'UTF-8' };
}

/** Undefined if SES has no template of that name, or the name is not valid. */
async function storedTemplate(ses: SESv2Client, name: string): Promise<EmailTemplate | undefined> {
  try {
    const { TemplateContent } = await ses.send(new GetEmailTemplateCommand({ TemplateName: name }));
    const { Subject: subject = '', Html: html, Text: text } = TemplateContent ?? {};
    return { subject, html, text };
  } catch (error) {
    if (error instanceof NotFoundException || error instanceof BadRequestException) return undefined;
    throw fromAws(error, 'ses:GetEmailTemplate');
  }
}

/** Whether SES may have accepted the mail despite the error. */
function isUnanswered(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status === REQUEST_TIMEOUT || status >= SERVER_ERROR;
}

function unanswered(what: string, cause?: unknown): RetryableError {
  return new RetryableError('UNANSWERED', `ses:SendEmail got no usable answer (${what})`, { cause });
}

/**
 * SES uses one error name for mails that are sent too fast, which passes in a second, and for a used-up
 * quota of 24 hours, for which no queue waits. Only the sentence shows the difference.
 */
function isQuotaUsedUp(error: unknown): boolean {
  return error instanceof Error && error.name === 'TooManyRequestsException' && /daily/i.test(error.message);
}

function quotaUsedUp(cause: unknown): PermanentError {
  return new PermanentError('REFUSED', 'ses:SendEmail was refused: the sending quota of the day is used up', {
    cause,
  });
}
