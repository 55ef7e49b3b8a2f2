import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { type CallerAddress, callerAddress } from './caller-address.ts';
import { oneLine } from './clean-text.ts';
import { isNobodysHost, isWithheld, standsForWithheld } from './withheld-number.ts';

/** Who called. `readable` is for people, and never empty. */
export type CallerNumber = WithheldNumber | PhoneNumber | OtherCaller;

/** There is nobody to call back: the number was withheld, or is missing. */
interface WithheldNumber {
  readonly kind: 'withheld';
  readonly readable: 'a withheld number';
}

interface PhoneNumber {
  readonly kind: 'number';
  /** `+15555550142`: what to dial, and nothing else. */
  readonly e164: string;
  /**
   * What to dial once somebody answers: digits, `*`, `#`, and a comma for each pause within. Empty if there
   * is no extension.
   */
  readonly extension: string;
  /** `+1 555 555 0142 ext. 123`, with the caller's name in parentheses if there is one. */
  readonly readable: string;
}

/** A text that cannot be dialed from everywhere: an extension, a national number, a SIP address. */
interface OtherCaller {
  readonly kind: 'other';
  /** The text without the spaces around it. */
  readonly readable: string;
}

const WITHHELD: WithheldNumber = { kind: 'withheld', readable: 'a withheld number' };

/** The longest number with everything around it. A longer text is not a number, and is not parsed. */
const LONGEST_CHARS = 250;
const LONGEST_EXTENSION_CHARS = 20;
const E164 = /^\+[1-9]\d{3,14}$/;
/** Words for an extension that libphonenumber does not know: German, French, Dutch, Italian and Spanish ones. */
const EXTENSION_WORD =
  'ext(?:ension)? ?=|apparat|durchwahl|dw|nebenstelle|poste|toestel|interno|extensi[oó]n';
/** Pauses as dialers write them, and `*` as callers type it on a keypad. */
const PAUSES = String.raw`[*,;pw][*,;pw\s]*`;
/** A number, and what is dialed after it: `,,123#`, `p123`, `;1,2`, `*123`, `ext=123`, `DW 123`. */
const AFTER_MARK = new RegExp(
  String.raw`^(?<number>\+?[\d\s().\-/\u2010-\u2015]*\d)\s*(?:${PAUSES}|(?:${EXTENSION_WORD})[.:\s]*)(?<dialed>[\d*#][\d*#,;pw\s]*)$`,
  'iu',
);
/**
 * Digits after a slash, as some write the last digits of a number: an extension if the number would be too
 * long with them. In parentheses at the end they are one if there is a whole number before them.
 */
const MAYBE_EXTENSION = /^(?<number>\+[^/]*\d)\s*(?:\/\s*(?<slashed>\d+)|\((?<enclosed>\d+)\))$/;

/**
 * Classifies the text of a caller's number. Only this function decides that.
 *
 * `from` is the flow's value, or Amazon Connect's customer endpoint: mostly E.164, but also a `tel:` or
 * `sip:` address, with or without a name, extension, pauses or percent-encoding, or a network's text for a
 * withheld number. Invisible characters are ignored. The whole text must be the number: the function does
 * not search for one in it.
 *
 * `country` is the country of a number without `+`; if absent, such a text is not a number. A number with a
 * leading 00 or 011 is not a number either: the international prefix depends on the country.
 */
export function callerNumber(from: string | undefined, country?: CountryCode): CallerNumber {
  const given = from?.trim() ?? '';
  if (given.length > LONGEST_CHARS) return { kind: 'other', readable: oneLine(given) };
  const visible = given
    .normalize('NFKC')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replaceAll(/\p{Cf}/gu, '')
    .trim();
  if (isWithheld(visible.replace(/^[a-z]+:/i, ''))) return WITHHELD;
  const address = callerAddress(visible);
  if (isNobody(address)) return WITHHELD;
  const number = numberIn(address, country);
  if (number) return standsForWithheld(number.e164) ? WITHHELD : number;
  return { kind: 'other', readable: oneLine(address.scheme === 'tel' ? withoutScheme(given) : given) };
}

/**
 * A caller's number for people, also if it is not a number: `+1 555 555 0142 ext. 123`, `a withheld number`.
 */
export function readableNumber(from: string | undefined): string {
  return callerNumber(from).readable;
}

/** The number to call back, E.164 and without its extension; undefined if there is none. */
export function e164Of(from: string | undefined, country?: CountryCode): string | undefined {
  const number = callerNumber(from, country);
  return number.kind === 'number' ? number.e164 : undefined;
}

/** `+15555550142 ext. 123`; the text if it is not a number; undefined if it was withheld. */
export function numberToDial(number: CallerNumber): string | undefined {
  if (number.kind === 'withheld') return undefined;
  return number.kind === 'number' ? withExtension(number.e164, number.extension) : number.readable;
}

/**
 * A name does not affect the number next to it: "Anonymous" with a number is a number. But without an
 * address, there is only a withheld name.
 */
function isNobody({ scheme, name, subscriber, host }: CallerAddress): boolean {
  if (isNobodysHost(host ?? subscriber)) return true;
  if (standsForWithheld(subscriber)) return true;
  const isAddress =
    (/\d/.test(subscriber) && host === undefined) || (host !== undefined && !host.endsWith('.invalid'));
  return standsForWithheld(name) && !(isAddress || (scheme === 'tel' && subscriber !== ''));
}

function numberIn(address: CallerAddress, country: CountryCode | undefined): PhoneNumber | undefined {
  const { subscriber, params, name } = address;
  const { number, dialed } = partsOf(subscriber);
  const parsed = parsedNumber(number, address, country);
  if (!parsed) return undefined;
  const given = params.get('ext') ?? params.get('extension');
  const afterwards = [given, params.get('postd'), dialed, parsed.extension];
  const extension = extensionOf(afterwards.filter(Boolean).join(','));
  if (extension === undefined) return undefined;
  const readable = withExtension(parsed.readable, extension);
  const details = [
    ...(params.get('isub') ? [`subaddress ${params.get('isub')}`] : []),
    ...(name === '' || standsForWithheld(name) || e164Of(name) === parsed.e164 ? [] : [name]),
  ];
  return {
    kind: 'number',
    e164: parsed.e164,
    extension,
    readable: details.length > 0 ? `${readable} (${details.join(', ')})` : readable,
  };
}

/** The minimum length with the country's code; a shorter text can be the beginning of a number. */
const WHOLE_DIGITS = 9;

function isPossible(number: string): boolean {
  return parsePhoneNumberFromString(number, { extract: false })?.isPossible() === true;
}

function partsOf(subscriber: string): { readonly number: string; readonly dialed?: string | undefined } {
  const { number = subscriber, dialed } = AFTER_MARK.exec(subscriber)?.groups ?? {};
  if (dialed !== undefined) return { number, dialed };
  const { number: head, slashed, enclosed } = MAYBE_EXTENSION.exec(subscriber)?.groups ?? {};
  if (head === undefined || !isPossible(head)) return { number: subscriber };
  const isExtension =
    enclosed === undefined ? !isPossible(subscriber) : head.replaceAll(/\D/g, '').length >= WHOLE_DIGITS;
  return isExtension ? { number: head, dialed: slashed ?? enclosed } : { number: subscriber };
}

function parsedNumber(text: string, { params }: CallerAddress, defaultCountry: CountryCode | undefined) {
  const context = params.get('phone-context') ?? '';
  const isLocal = !/^\(?\s*\+/.test(text);
  const whole =
    isLocal && context.startsWith('+') ? `${context}${text}` : text.replace(/^\(\s*(\+\d+)\s*\)/, '$1 ');
  const number = parsePhoneNumberFromString(whole, {
    extract: false,
    ...(defaultCountry && { defaultCountry }),
  });
  // A local number is valid within its context, which need not be the beginning of a longer number.
  if (isLocal && context !== '' && !number?.isPossible()) return undefined;
  const e164 = number?.number ?? whole;
  if (!E164.test(e164)) return undefined;
  const readable = number?.format('INTERNATIONAL', { formatExtension: (withoutIt) => withoutIt }) ?? e164;
  return { e164, extension: number?.ext ?? '', readable };
}

/** Undefined if it cannot be dialed. */
function extensionOf(given: string): string | undefined {
  const dialed = given
    .replaceAll(/[\s().-]/g, '')
    .replaceAll(/[;pw]/gi, ',')
    .replace(/^,+/, '')
    .replace(/(?<=\d)#$/, '');
  return /^[\d*#,]*$/.test(dialed) && dialed.length <= LONGEST_EXTENSION_CHARS ? dialed : undefined;
}

function withExtension(number: string, extension: string): string {
  return extension === '' ? number : `${number} ext. ${extension}`;
}

function withoutScheme(text: string): string {
  return text.replace(/^tel:(?:\/\/)?\s*/i, '') || text;
}
