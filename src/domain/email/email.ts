import { PermanentError } from '../errors.ts';
import { htmlValue, subjectLine, textValue } from './email-markup.ts';
import { fillTemplate } from './email-template.ts';
import type { Value } from './email-template-values.ts';

/** A template of SES: a subject and at least one of the parts. */
export interface EmailTemplate {
  readonly subject: string;
  readonly html?: string | undefined;
  readonly text?: string | undefined;
}

/** The content of a mail. */
interface EmailContent {
  readonly subject: string;
  readonly html?: string | undefined;
  readonly text?: string | undefined;
}

export interface RenderedEmail extends EmailContent {
  /** Variables that the template uses and the contact does not have. A dash replaces them. */
  readonly missing: readonly string[];
}

/** A mail, ready to be sent. */
export interface Email extends EmailContent {
  /** In the form of a header, see `fromHeader`. */
  readonly from: string;
  /** Addresses; never empty. */
  readonly to: readonly string[];
  readonly replyTo?: readonly string[] | undefined;
  /** The contact of the voicemail: for a recipient who gets the same mail twice. */
  readonly contactId: string;
  readonly attachment?: EmailAttachment | undefined;
}

interface EmailAttachment {
  /** With its ending: `voicemail.wav`. */
  readonly fileName: string;
  /** `audio/wav` */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const LONGEST_SUBJECT_CHARS = 250;

/**
 * Fills in a template. In the HTML part values are escaped and never become markup; in the text part and the
 * subject they are unchanged. The subject is one line.
 *
 * Throws PermanentError TEMPLATE for a template that cannot be used.
 */
export function renderEmail(template: EmailTemplate, variables: Value): RenderedEmail {
  if (!template.html && !template.text) {
    throw new PermanentError('TEMPLATE', 'the email template cannot be used: it has neither HTML nor text');
  }
  const subject = fillTemplate(template.subject, variables, textValue);
  const html = template.html ? fillTemplate(template.html, variables, htmlValue) : undefined;
  const text = template.text ? fillTemplate(template.text, variables, textValue) : undefined;
  return {
    subject: shortened(subjectLine(subject.text)),
    html: html?.text,
    text: text?.text,
    missing: [...new Set([subject, html, text].flatMap((part) => part?.missing ?? []))],
  };
}

function shortened(subject: string): string {
  if (subject.length <= LONGEST_SUBJECT_CHARS) return subject;
  return `${subject.slice(0, LONGEST_SUBJECT_CHARS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
