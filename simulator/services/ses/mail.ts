/** A mail that SES sent, as its recipients get it. */
export interface SentMail {
  readonly messageId: string;
  readonly atMs: number;
  /** As given: `"Acme Voicemail" <vm@example.com>`. */
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly text?: string;
  /** With the links that SES rewrote, if it tracks clicks. */
  readonly html?: string;
  /** The sender's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly MailAttachment[];
}

export interface MailAttachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly disposition: 'attachment' | 'inline';
  readonly contentId?: string;
  readonly bytes: Buffer;
}

/** All recipients. */
export function recipientsOf({ to, cc, bcc }: Pick<SentMail, 'to' | 'cc' | 'bcc'>): string[] {
  return [...to, ...cc, ...bcc];
}

/** The address alone: `vm@example.com`. */
export function addressOf(mailbox: string): string {
  return (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();
}

export function domainOf(mailbox: string): string {
  const address = addressOf(mailbox);
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
