import { addressOf, domainOf } from './mail.ts';

/** Addresses and domains of the account, and whether they are verified: `{ 'example.com': true }`. */
export type EmailIdentities = Readonly<Record<string, boolean>>;

/** The identity of a mailbox: its address if that is an identity, otherwise its domain, otherwise none. */
export function identityOf(mailbox: string, identities: EmailIdentities): string | undefined {
  const [address, domain] = [addressOf(mailbox), domainOf(mailbox)];
  return [address, domain].find((name) => Object.hasOwn(identities, name));
}

/** An address can send if it, or its domain, is verified. */
export function isVerified(mailbox: string, identities: EmailIdentities): boolean {
  return [addressOf(mailbox), domainOf(mailbox)].some((name) => identities[name] === true);
}
