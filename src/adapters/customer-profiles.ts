import { CustomerProfilesClient, SearchProfilesCommand } from '@aws-sdk/client-customer-profiles';
import type { FoundProfiles } from '../domain/customer.ts';
import { awsCall } from './aws-call.ts';
import { timeLimits } from './time-limits.ts';

/** A voicemail does not wait longer for a name, with all tries. */
const WITHIN_MS = 2000;
/** Nobody reads more: from two on they are only counted. */
const MOST_PROFILES = 10;

/**
 * Amazon Connect Customer Profiles, asked who has a number. Profiles are searched by E.164 alone: a national form could
 * be the number of somebody in another country.
 *
 * Source: Amazon Connect Customer Profiles API reference, SearchProfiles, the key `_phone`.
 */
export function customerProfiles(domain: string): (e164: string) => Promise<FoundProfiles> {
  const client = new CustomerProfilesClient({ ...timeLimits('customerprofiles'), maxAttempts: 2 });
  return async (e164) => {
    const command = new SearchProfilesCommand({
      DomainName: domain,
      KeyName: '_phone',
      Values: [e164],
      MaxResults: MOST_PROFILES,
    });
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), WITHIN_MS);
    try {
      const search = client.send(command, { abortSignal: late.signal });
      const { Items = [], NextToken } = await awsCall('profile:SearchProfiles', search);
      return {
        hasMore: NextToken !== undefined,
        profiles: Items.map(({ FirstName, LastName, BusinessName, ...profile }) => ({
          firstName: FirstName,
          lastName: LastName,
          businessName: BusinessName,
          numbers: [
            profile.PhoneNumber,
            profile.MobilePhoneNumber,
            profile.HomePhoneNumber,
            profile.BusinessPhoneNumber,
          ].flatMap((number) => number ?? []),
        })),
      };
    } finally {
      clearTimeout(timer);
    }
  };
}
