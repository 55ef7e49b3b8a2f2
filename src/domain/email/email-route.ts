import { isAllowedRecipient } from './allowed-domains.ts';
import { addressesIn, fromHeader, senderIn } from './email-address.ts';
import { attributeOf, type MailAttributeName, QUEUE_EMAIL_TAG } from '../contact-attributes.ts';
import { PermanentError } from '../errors.ts';

/** What the administrator decided about mails. */
export interface EmailSettings {
  /** `Acme Voicemail <vm@example.com>`; verified in SES. */
  readonly from: string;
  readonly replyTo?: string | undefined;
  /** The recipients if there is no other address; a list like every other. */
  readonly fallbackTo?: string | undefined;
  /** The domains of recipients, see `isAllowedRecipient`. Absent: all. */
  readonly allowedDomains?: readonly string[] | undefined;
  /** Names of SES templates. Absent: our own. */
  readonly templates: { readonly agent?: string | undefined; readonly queue?: string | undefined };
}

/** The recipients and the template of one mail. */
export interface EmailRoute {
  /** In the form of the header. */
  readonly from: string;
  /** Empty if there is nobody to send it to. */
  readonly to: readonly string[];
  readonly replyTo: readonly string[];
  /** Of an SES template; absent: our own. */
  readonly templateName?: string | undefined;
  /** Settings that could not be used, in words for the recipient, without their values. */
  readonly notes: readonly string[];
  /** Names of the attributes and tags that are not, or not all, addresses. */
  readonly unusable: readonly string[];
  /** How many recipients were left out, because of their domain. */
  readonly notAllowed: number;
}

/** A list of addresses, and its name if it was written for voicemails. */
interface Source {
  readonly text: string | undefined;
  readonly name?: string;
}

/**
 * The recipients, sender and template of a voicemail's mail. For each, the first usable value: the contact's
 * attribute (`vmx3_email_to` before `email_to`), the recipient's own address, the setting. An empty
 * attribute counts as absent; one without an address is skipped, with a note. So is a queue's tag. Recipients
 * outside of the allowed domains are left out, with a note. Where answers go is not limited: a flow may name
 * the caller.
 *
 * `addresses` are the recipient's, the best first: an agent's email, secondary email and user name, a
 * queue's `vmx3_queue_email`. Only the first valid one is used.
 *
 * Throws PermanentError REFUSED if there is no sender.
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
  const unusable: string[] = [];
  const attribute = (name: MailAttributeName) =>
    [attributeOf(attributes, `vmx3_${name}`), attributeOf(attributes, name)]
      .find((value) => value?.trim())
      ?.toWellFormed();

  let notAllowed = 0;
  function areAllowed(listed: readonly string[]): readonly string[] {
    const allowed = listed.filter((address) => isAllowedRecipient(address, settings.allowedDomains));
    notAllowed += listed.length - allowed.length;
    return allowed;
  }

  /** The first list with an address in it that may be used. */
  function firstOf(
    sources: readonly Source[],
    usable = (listed: readonly string[]) => listed,
  ): readonly string[] {
    for (const { text = '', name } of sources) {
      const list = addressesIn(text);
      if (name !== undefined && list.refused.length > 0) unusable.push(name);
      const found = usable(list.addresses);
      if (found.length > 0) return found;
    }
    return [];
  }

  const own = addresses.map((text) => ({ text, ...(kind === 'queue' && { name: QUEUE_EMAIL_TAG }) }));
  const to = firstOf(
    [{ text: attribute('email_to'), name: 'email_to' }, ...own, { text: settings.fallbackTo }],
    areAllowed,
  );
  const replyTo = firstOf([
    { text: attribute('email_reply_to'), name: 'email_reply_to' },
    { text: settings.replyTo },
  ]);

  const wantedFrom = attribute('email_from');
  const sender = senderIn(wantedFrom ?? '') ?? senderIn(settings.from);
  if (!sender) throw new PermanentError('REFUSED', 'the sender of emails is not an address');
  const isFromWrong = wantedFrom !== undefined && !senderIn(wantedFrom);

  return {
    from: fromHeader(sender),
    to,
    replyTo,
    templateName: attribute('email_template')?.trim() ?? settings.templates[kind],
    notes: [
      ...unusable.map((name) => `Not all of ${inWords(name)} is an email address.`),
      ...(notAllowed > 0 ? [NOT_ALLOWED] : []),
      ...(isFromWrong ? ['The attribute email_from is not an email address.'] : []),
    ],
    unusable: [...unusable, ...(isFromWrong ? ['email_from'] : [])],
    notAllowed,
  };
}

const NOT_ALLOWED = 'Not everybody who was named gets this mail: it may go to some domains only.';

function inWords(name: string): string {
  return name === QUEUE_EMAIL_TAG ? `the queue's tag ${name}` : `the attribute ${name}`;
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
