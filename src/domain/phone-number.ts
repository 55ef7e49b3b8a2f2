import { type CountryCode, parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/min';

/** What networks and Connect put in place of a number that the caller withheld; the digits spell ANONYMOUS. */
const WITHHELD = /^$|^\+?266696687$|^(sips?:)?(anonymous|restricted|unavailable|private|unknown|withheld)\b/i;

const E164 = /^\+[1-9]\d{3,14}$/;

/**
 * A caller's number as people read it: `+1 555 555 0142`.
 *
 * What is no number stays as it is: an extension, a SIP address. A number that was
 * withheld, or is not known, is said to be so.
 */
export function readableNumber(from: string | undefined): string {
  const given = from?.trim() ?? '';
  if (WITHHELD.test(given)) return 'a withheld number';
  return parsed(given)?.formatInternational() ?? given;
}

/**
 * The number to call back, E.164: `+15555550142`. Undefined when there is none.
 *
 * `country` is where a number without `+` is from; absent, such a number is none.
 */
export function e164Of(from: string | undefined, country?: CountryCode): string | undefined {
  const given = from?.trim() ?? '';
  if (WITHHELD.test(given)) return undefined;
  const number = parsed(given, country)?.number ?? given;
  return E164.test(number) ? number : undefined;
}

/** Undefined for what could not be dialed. The whole text must be the number: none is looked for in it. */
function parsed(given: string, defaultCountry?: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(given, { extract: false, ...(defaultCountry && { defaultCountry }) });
}
