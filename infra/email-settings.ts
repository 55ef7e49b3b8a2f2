import { z } from 'zod';
import { allowedDomainIn } from '../src/domain/email/allowed-domains.ts';
import { addressIn, senderIn } from '../src/domain/email/email-address.ts';

/** In any form that an attribute or a tag may have too: `Desk <desk@example.com>`. */
const oneAddress = z
  .string()
  .refine((text) => addressIn(text) !== undefined)
  .transform((text) => addressIn(text) ?? text);
/** Addresses as mail servers have them. */
export const addressList = z.array(oneAddress).min(1).readonly();
const addresses = z.array(oneAddress).min(1).max(50).readonly();
const oneDomain = z
  .string()
  .refine((text) => allowedDomainIn(text) !== undefined)
  .transform((text) => allowedDomainIn(text) ?? text);
const TEMPLATE_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const IDENTITY = /^(?:[^\s@/*]+@)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

/** Delivery by email. Absent: there is none. */
export const emailSettingsSchema = z
  .strictObject({
    from: z.string().refine((text) => senderIn(text) !== undefined),
    identity: z.string().regex(IDENTITY).exactOptional(),
    fallbackTo: addresses.exactOptional(),
    replyTo: addresses.exactOptional(),
    allowedDomains: z.array(oneDomain).min(1).max(50).readonly().exactOptional(),
    queueTemplate: z.string().regex(TEMPLATE_NAME).exactOptional(),
    agentTemplate: z.string().regex(TEMPLATE_NAME).exactOptional(),
    recording: z.enum(['link', 'attach', 'both']),
    attachLimitMb: z.int().min(1).max(25).exactOptional(),
  })
  .readonly();

export type EmailConfig = z.infer<typeof emailSettingsSchema>;

const TEMPLATE = 'the name of an email template in Amazon SES: 1 to 64 of A-Z a-z 0-9 _ -';
const LIST = 'a list of 1 to 50 different email addresses; leave it out for none';

/** What each may be, in words for the administrator. */
export const EMAIL_SETTINGS_ALLOWED = {
  email:
    '{ from, recording, identity?, fallbackTo?, replyTo?, allowedDomains?, queueTemplate?, agentTemplate?, attachLimitMb? }; leave it out for no delivery by email',
  'email.from': "the sender, 'voicemail@example.com' or 'Acme Voicemail <voicemail@example.com>'",
  'email.identity':
    'the verified identity in Amazon SES that the sender belongs to, a domain or an address; leave it out if it is the domain or the address of from',
  'email.fallbackTo': LIST,
  'email.replyTo': LIST,
  'email.allowedDomains':
    "a list of 1 to 50 domains such as 'example.com', or '*.example.com' for all below it; leave it out to let mails go to every domain",
  'email.queueTemplate': TEMPLATE,
  'email.agentTemplate': TEMPLATE,
  'email.recording': "'link', 'attach' or 'both'",
  'email.attachLimitMb': 'a whole number of megabytes, 1 to 25',
} as const satisfies Record<string, string>;

/** The identities in SES that may be the sender's. */
export function identitiesOf(email: EmailConfig): readonly string[] {
  const { address, domain } = senderOf(email);
  return email.identity === undefined ? [domain, address] : [email.identity];
}

/** Who sends: the address in `from`, and its domain in small letters. */
export function senderOf({ from }: EmailConfig): { readonly address: string; readonly domain: string } {
  const { address } = senderIn(from) ?? { address: from };
  return { address, domain: address.slice(address.lastIndexOf('@') + 1) };
}
