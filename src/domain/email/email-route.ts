import { addressesIn, fromHeader, senderIn } from './email-address.ts';
import { attributeOf, type MailAttributeName } from '../contact-attributes.ts';
import { PermanentError } from '../errors.ts';

/** What the administrator decided about mails. */
export interface EmailSettings {
  /** `Acme Voicemail <vm@example.com>`; verified in SES. */
  readonly from: string;
  readonly replyTo?: string | undefined;
  /** Who gets what has no address of its own; a list like every other. */
  readonly fallbackTo?: string | undefined;
  /** Names of SES templates. Absent: our own. */
  readonly templates: { readonly agent?: string | undefined; readonly queue?: string | undefined };
}

/** Where one mail goes, and by which template. */
export interface EmailRoute {
  /** As the header has it. */
  readonly from: string;
  readonly to: readonly string[];
  readonly replyTo: readonly string[];
  /** Of an SES template; absent: our own. */
  readonly templateName?: string | undefined;
  /** Settings that could not be used, in words for the recipient and without what they said. */
  readonly notes: readonly string[];
}

/**
 * Who gets the mail of a voicemail, from whom, and how it looks. Of each the first
 * that can be used: the contact's attribute (`vmx3_email_to` before `email_to`), the
 * recipient's own address, the setting. An attribute that is empty is not there; one
 * that has no address in it is passed over, and noted.
 *
 * `addresses` are the recipient's, the best first: an agent's email, secondary email
 * and user name, a queue's `vmx3_queue_email`. Only the first that is one is used.
 *
 * Throws PermanentError NO_RECIPIENT when there is nobody to send to, REFUSED without a sender.
 */
export function emailRoute({
  attributes,
  addresses,
  kind,
  settings,
}: {
  attributes: Readonly<Record<string, string>>;
  addresses: readonly (string | undefined)[];
  kind: 'agent' | 'queue';
  settings: EmailSettings;
}): EmailRoute {
  const notes: string[] = [];
  const attribute = (name: MailAttributeName) =>
    [attributeOf(attributes, `vmx3_${name}`), attributeOf(attributes, name)].find((value) => value?.trim());

  /** The first list with an address in it. Only the attribute is worth a note: it was meant for this call. */
  function firstOf(name: MailAttributeName, others: readonly (string | undefined)[]): readonly string[] {
    const given = attribute(name);
    const wanted = addressesIn(given ?? '');
    if (wanted.refused.length > 0) notes.push(`Not all of the attribute ${name} is an email address.`);
    const lists = [wanted, ...others.map((other) => addressesIn(other ?? ''))];
    return lists.find((list) => list.addresses.length > 0)?.addresses ?? [];
  }

  const to = firstOf('email_to', [...addresses, settings.fallbackTo]);
  if (to.length === 0)
    throw new PermanentError('NO_RECIPIENT', 'there is no address to send this voicemail to');

  const wantedFrom = attribute('email_from');
  const sender = senderIn(wantedFrom ?? '') ?? senderIn(settings.from);
  if (!sender) throw new PermanentError('REFUSED', 'the sender of emails is not an address');
  if (wantedFrom && !senderIn(wantedFrom)) notes.push('The attribute email_from is not an email address.');

  return {
    from: fromHeader(sender),
    to,
    replyTo: firstOf('email_reply_to', [settings.replyTo]),
    templateName: attribute('email_template')?.trim() ?? settings.templates[kind],
    notes,
  };
}

/** Whether a mail has the recording attached, links to it, or both. */
export type RecordingInEmail = 'link' | 'attach' | 'both';

/** What is done of it: a recording that is too large to be attached is linked to instead. */
export function recordingIn(
  choice: RecordingInEmail,
  { sizeBytes, largestBytes }: { sizeBytes: number; largestBytes: number },
): { isAttached: boolean; isLinked: boolean } {
  const isAttached = choice !== 'link' && sizeBytes <= largestBytes;
  return { isAttached, isLinked: choice !== 'attach' || !isAttached };
}
