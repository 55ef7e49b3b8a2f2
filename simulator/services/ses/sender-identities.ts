import { addressOf, domainOf } from './mail.ts';

/** Addresses and domains of the account, and whether they are verified: `{ 'example.com': true }`. */
export type EmailIdentities = Readonly<Record<string, boolean>>;

/** What SES says of an identity beside whether it is verified. */
export interface IdentityDetails {
  /** Of a domain. Absent: `SUCCESS` if it is verified, else `PENDING`. `off`: nobody asked for it. */
  readonly dkim?: 'SUCCESS' | 'PENDING' | 'FAILED' | 'TEMPORARY_FAILURE' | 'off';
  /** Absent: mails say that they are from `amazonses.com`. */
  readonly mailFrom?: MailFrom;
}

interface MailFrom {
  readonly domain: string;
  readonly status: 'PENDING' | 'SUCCESS' | 'FAILED' | 'TEMPORARY_FAILURE';
  /** Whether SES refuses mails while the domain's MX record is not found. Absent: it uses its own domain. */
  readonly isRequired?: boolean;
}

export function typeOf(identity: string): 'DOMAIN' | 'EMAIL_ADDRESS' {
  return identity.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN';
}

/** The identity of a mailbox: its address if that is an identity, otherwise its domain, otherwise none. */
export function identityOf(mailbox: string, identities: EmailIdentities): string | undefined {
  const [address, domain] = [addressOf(mailbox), domainOf(mailbox)];
  return [address, domain].find((name) => Object.hasOwn(identities, name));
}

/** An address can send if it, or its domain, is verified. */
export function isVerified(mailbox: string, identities: EmailIdentities): boolean {
  return [addressOf(mailbox), domainOf(mailbox)].some((name) => identities[name] === true);
}
