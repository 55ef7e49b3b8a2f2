import { addressesIn, fromHeader, senderIn } from './email-address.ts';
import { attributeOf, type MailAttributeName } from '../contact-attributes.ts';
import { PermanentError } from '../errors.ts';

/** What the administrator decided about mails. */
export interface EmailSettings {
  /** `Acme Voicemail <vm@example.com>`; verified in SES. */
  readonly from: string;
  readonly replyTo?: string | undefined;
  /** The recipients if there is no other address; a list like every other. */
  readonly fallbackTo?: string | undefined;
  /** Names of SES templates. Absent: our own. */
  readonly templates: { readonly agent?: string | undefined; readonly queue?: string | undefined };
}

/** The recipients and the template of one mail. */
export interface EmailRoute {
  /** In the form of the header. */
  readonly from: string;
  readonly to: readonly string[];
  readonly replyTo: readonly string[];
  /** Of an SES template; absent: our own. */
  readonly templateName?: string | undefined;
  /** Settings that could not be used, in words for the recipient, without their values. */
  readonly notes: readonly string[];
}

/**
 * The recipients, sender and template of a voicemail's mail. For each, the first usable value: the contact's
 * attribute (`vmx3_email_to` before `email_to`), the recipient's own address, the setting. An empty
 * attribute counts as absent; one without an address is skipped, with a note.
 *
 * `addresses` are the recipient's, the best first: an agent's email, secondary email and user name, a
 * queue's `vmx3_queue_email`. Only the first valid one is used.
 *
 * Throws PermanentError NO_RECIPIENT if there is no recipient, REFUSED if there is no sender.
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
    [attributeOf(attributes, `vmx3_${name}`), attributeOf(attributes, name)]
      .find((value) => value?.trim())
      ?.toWellFormed();

  /** The first list with an address in it. Only the attribute gets a note: it was meant for this call. */
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

/** What is really done: a recording that is too large to attach is linked instead. */
export function recordingIn(
  choice: RecordingInEmail,
  { sizeBytes, largestBytes }: { sizeBytes: number; largestBytes: number },
): { isAttached: boolean; isLinked: boolean } {
  const isAttached = choice !== 'link' && sizeBytes <= largestBytes;
  return { isAttached, isLinked: choice !== 'attach' || !isAttached };
}
