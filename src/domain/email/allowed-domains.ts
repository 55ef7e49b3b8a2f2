import { domainIn } from './email-address.ts';

/** Before a domain: all domains below it, and not the domain itself. */
const BELOW = '*.';

/**
 * A domain that mails may go to, in the form for mail servers: `example.com`, or `*.example.com` for every domain
 * below it. Undefined if it is none.
 */
export function allowedDomainIn(text: string): string | undefined {
  if (!text.startsWith(BELOW)) return domainIn(text);
  const domain = domainIn(text.slice(BELOW.length));
  return domain && `${BELOW}${domain}`;
}

/** Whether mails may go to `address`. Without a list they may go to every one. */
export function isAllowedRecipient(address: string, allowed: readonly string[] | undefined): boolean {
  if (!allowed) return true;
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return allowed.some((one) => (one.startsWith(BELOW) ? domain.endsWith(one.slice(1)) : domain === one));
}
