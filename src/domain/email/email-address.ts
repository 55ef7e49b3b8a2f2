import { domainToASCII } from 'node:url';
import { oneLine } from '../clean-text.ts';

/** Addresses out of a setting or attribute, each once, in their order. */
export interface AddressList {
  readonly addresses: readonly string[];
  /** Texts that are not addresses, or are over the limit; only for a log that can hold personal data. */
  readonly refused: readonly string[];
}

export interface Sender {
  readonly address: string;
  /** The name that mail clients show instead of the address. */
  readonly name?: string | undefined;
}

/** SES's limit for one mail. */
const MOST_ADDRESSES = 50;
const LONGEST_LIST_CHARS = 20_000;
const LONGEST_ADDRESS_CHARS = 254;
const LOCAL_PART = /^(?!\.)(?!.*\.\.)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}(?<!\.)$/;
const DOMAIN = /^(?=.{1,253}$)(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+(?!-)[a-z0-9-]{2,63}(?<!-)$/;

/**
 * One address in the form for mail servers, or undefined: `ana@example.com`, also from `Ana Ruiz
 * <ana@example.com>`, `ana@example.com (Ana)`, `mailto:ana@example.com` and `Desk: ana@example.com`, as the
 * first of a group. The domain becomes lower case and ASCII. The part before the `@` must be ASCII: SES sends
 * to no other addresses.
 *
 * The result has no space, comma, bracket or line break, so that it is safe in a header. Source: RFC 5322,
 * section 3.4, and RFC 6068; RFC 5321, section 4.1.2, without quoted local parts.
 */
export function addressIn(text: string): string | undefined {
  const visible = text.replaceAll(COMMENT, ' ');
  const given = /<([^<>]*)>\s*$/.exec(visible)?.[1] ?? visible;
  const trimmed = withoutScheme(given.replace(GROUP_NAME, '')).trim();
  if (trimmed.length > LONGEST_ADDRESS_CHARS) return undefined;
  const at = trimmed.lastIndexOf('@');
  const localPart = trimmed.slice(0, Math.max(at, 0));
  const domain = domainIn(trimmed.slice(at + 1));
  return LOCAL_PART.test(localPart) && domain !== undefined ? `${localPart}@${domain}` : undefined;
}

/** A domain in the form for mail servers, lower case and ASCII; undefined if it is none. */
export function domainIn(text: string): string | undefined {
  if (ENDS_HOST.test(text)) return undefined;
  const domain = domainToASCII(text);
  return DOMAIN.test(domain) ? domain : undefined;
}

/** Node reads a host as browsers do: it skips or stops at these, and takes what is left for the domain. */
const ENDS_HOST = /[\s\p{Cc}/?#\\:@%]/u;

/** Within parentheses, outside of a name in quotes: `(Ana)`. */
const COMMENT = /\([^()"]*\)/g;
const MAIL_SCHEME = /^\s*mailto:/i;
/** `Desk:`, before the addresses of a group. */
const GROUP_NAME = /^(?!\s*mailto:)[^:<>@"\p{Cc}]*:/iu;

/** The address in `mailto:ana%2Bvm@example.com?subject=Hello`. */
function withoutScheme(text: string): string {
  if (!MAIL_SCHEME.test(text)) return text;
  const [address = ''] = text.replace(MAIL_SCHEME, '').split('?');
  return address.replaceAll(/%[0-9a-f]{2}/gi, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
}

/**
 * The addresses in a list that is separated by commas, semicolons, line breaks or spaces, each once. Two are
 * the same if only the case of their domain differs.
 *
 * Between spaces everything must be an address: out of `ana ruiz@example.com`, which may be one with a typing
 * error, none is taken.
 */
export function addressesIn(text: string): AddressList {
  const addresses = new Set<string>();
  const refused: string[] = [];
  for (const part of partsOf(text.slice(0, LONGEST_LIST_CHARS))) {
    const address = addressIn(part);
    const isRoom = address !== undefined && (addresses.has(address) || addresses.size < MOST_ADDRESSES);
    if (isRoom) addresses.add(address);
    else if (part.trim()) refused.push(part.trim());
  }
  return { addresses: [...addresses], refused };
}

function partsOf(text: string): string[] {
  const parts = text.match(/(?:"[^"]*"|\([^()]*\)|[^,;\r\n"()])+/g) ?? [];
  return parts.flatMap((part) => part.split(/(?<=>)\s+/)).flatMap(addressesBetweenSpaces);
}

const isAddress = (word: string) => addressIn(word) !== undefined;

/** `a@example.com b@example.com`, also with `Ana <ana@example.com>` after them. */
function addressesBetweenSpaces(part: string): string[] {
  const words = part.trim().split(/\s+/);
  if (words.every(isAddress)) return words;
  const firstOther = words.findIndex((word) => !isAddress(word));
  const rest = words.slice(firstOther).join(' ');
  return rest.includes('<') && isAddress(rest) ? [...words.slice(0, firstOther), rest] : [part];
}

/** `Acme Voicemail <vm@example.com>` or `vm@example.com`; undefined without an address. */
export function senderIn(text: string): Sender | undefined {
  const address = addressIn(text);
  if (address === undefined) return undefined;
  const name = oneLine(/^([^<]*)</.exec(text)?.[1] ?? '')
    .replace(/["\\]/g, ' ')
    .trim();
  return { address, ...(name && { name }) };
}

/** Encoded words can have 75 characters; 45 bytes in base64 are 60. */
const ENCODED_WORD_BYTES = 45;
const LONGEST_NAME_CHARS = 100;

/**
 * A sender in the form of the `From` header: `"Acme Voicemail" <vm@example.com>`. A name with letters beyond
 * ASCII is written in encoded words, as SES requires.
 *
 * Source: RFC 5322, section 3.4; RFC 2047, section 5.
 */
export function fromHeader({ address, name }: Sender): string {
  const shown = name
    ?.slice(0, LONGEST_NAME_CHARS)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  if (!shown) return address;
  if (/^[ -~]*$/.test(shown)) return `"${shown.replace(/["\\]/g, '')}" <${address}>`;
  const words = piecesOf(shown).map((piece) => `=?UTF-8?B?${Buffer.from(piece).toString('base64')}?=`);
  return `${words.join(' ')} <${address}>`;
}

/** Cuts only between characters. */
function piecesOf(text: string): string[] {
  const pieces = [''];
  for (const character of text) {
    const piece = `${pieces.at(-1)}${character}`;
    if (Buffer.byteLength(piece) > ENCODED_WORD_BYTES) pieces.push(character);
    else pieces[pieces.length - 1] = piece;
  }
  return pieces;
}
