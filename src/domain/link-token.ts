import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { contactIdSchema } from './voicemail.ts';

/**
 * The token of a recording link: `<contactId>.<expiry>.<keyId>.<signature>`.
 *
 * Expiry is in seconds since the epoch, base 36. The signature is HMAC-SHA-256 over all text before it,
 * base64url. The holder of a token can hear one recording until it expires, and cannot derive another token
 * from it.
 */
export interface LinkKey {
  /** Short and public: names the key that signed. Without dots. */
  readonly id: string;
  readonly secret: string;
}

export interface Link {
  readonly contactId: string;
  readonly expiresAtMs: number;
}

export type LinkCheck =
  | ({ readonly kind: 'valid' } & Link)
  | ({ readonly kind: 'expired' } & Link)
  | { readonly kind: 'invalid' };

/** Checked instead of an unknown key, so that every forged link takes the same time. */
const NOBODYS_KEY: LinkKey = { id: '', secret: randomBytes(32).toString('hex') };

export function linkToken({ contactId, expiresAtMs }: Link, key: LinkKey): string {
  const claims = `${contactId}.${Math.floor(expiresAtMs / 1000).toString(36)}.${key.id}`;
  return `${claims}.${signature(claims, key)}`;
}

/**
 * `keys`: all keys that can have signed; two while a key is being rotated. The result `expired` needs a
 * valid signature.
 */
export function checkLink(token: string, keys: readonly LinkKey[], nowMs: number): LinkCheck {
  const [contactId, expiry, keyId, signed, ...rest] = token.split('.');
  if (!contactId || !expiry || !keyId || !signed || rest.length > 0) return { kind: 'invalid' };
  const key = keys.find(({ id }) => id === keyId) ?? NOBODYS_KEY;
  if (!isSame(signed, signature(`${contactId}.${expiry}.${keyId}`, key))) return { kind: 'invalid' };

  const expiresAtMs = Number.parseInt(expiry, 36) * 1000;
  return { kind: nowMs < expiresAtMs ? 'valid' : 'expired', contactId, expiresAtMs };
}

/** The contact that a token names; unchecked. Undefined if it is not a contact id. */
export function contactIdOf(token: string): string | undefined {
  return contactIdSchema.safeParse(token.split('.')[0]).data;
}

/** The key that a token names; unchecked. */
export function keyIdOf(token: string): string | undefined {
  return token.split('.')[2];
}

function signature(claims: string, key: LinkKey): string {
  return createHmac('sha256', key.secret).update(claims).digest('base64url');
}

/** In constant time, so that a signature cannot be guessed byte by byte. */
function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
