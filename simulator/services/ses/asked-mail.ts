import type { MailAttachment } from './mail.ts';
import type { TemplateContent } from './template-store.ts';

/** The input of SendEmail, with its form checked. */
export interface AskedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly MailAttachment[];
  readonly content: TemplateContent | RenderingFailure;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
  /** Whether this message turns click tracking off. */
  readonly isUntracked: boolean;
}

/** The template's data lacks a variable. SES reports that only by an event. */
export interface RenderingFailure {
  readonly reason: string;
  readonly templateName: string;
}
