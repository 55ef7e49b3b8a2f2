import { oneLine } from './clean-text.ts';
import { cut } from './cut.ts';
import { e164Of } from './phone-number.ts';

/** A profile of a customer, as far as it matters here. Everything in it was written by others. */
export interface CustomerProfile {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly businessName?: string | undefined;
  /** All its numbers, in any form. */
  readonly numbers: readonly string[];
}

export interface FoundProfiles {
  readonly profiles: readonly CustomerProfile[];
  /** Whether there are more of them. */
  readonly hasMore: boolean;
}

/** Who has a caller's number. */
export interface FoundCustomer {
  /** The only customer with the number. */
  readonly name?: string;
  /** Notes for the recipient. */
  readonly notes: readonly string[];
}

const LONGEST_NAME = 80;

/**
 * The customer who has the number, if that is certain: a wrong name is worse than none. So there is a name only if a
 * single profile was found, and that has the number itself. Profiles of others are only counted.
 */
export function customerIn({ profiles, hasMore }: FoundProfiles, e164: string): FoundCustomer {
  const [profile, ...others] = profiles;
  if (!profile) return { notes: [] };
  if (others.length > 0 || hasMore) {
    const count = `${profiles.length}${hasMore ? ' or more' : ''}`;
    return { notes: [`${count} customers have this number, so none of them is named here.`] };
  }
  const name = nameOf(profile);
  const hasNumber = profile.numbers.some((number) => e164Of(number) === e164);
  return { ...(name !== '' && hasNumber && { name }), notes: [] };
}

/** The person's, else the business's. */
function nameOf({ firstName, lastName, businessName }: CustomerProfile): string {
  const person = cleaned([firstName, lastName].filter(Boolean).join(' '));
  return cut(person === '' ? cleaned(businessName ?? '') : person, LONGEST_NAME);
}

function cleaned(text: string): string {
  return oneLine(text).replaceAll(/\s+/g, ' ').trim();
}

/** `+1 555 555 0142 (Maria Silva)`: how a caller is shown whose number a customer has. */
export function withCustomer(caller: string, customerName: string | undefined): string {
  return customerName === undefined ? caller : `${caller} (${customerName})`;
}
