import { z } from 'zod';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import type { Profile } from '../../../world/account-state.ts';
import { badRequest, listed, onDomain, requireDomain } from '../input.ts';
import type { CustomerProfilesParts } from '../parts.ts';

const Key = { KeyName: z.string().min(1).max(64), Values: z.array(z.string().min(1).max(255)).min(1) };
const Input = z.object({
  ...Key,
  AdditionalSearchKeys: z.array(z.strictObject(Key)).min(1).max(4).optional(),
  LogicalOperator: z.enum(['AND', 'OR']).default('OR'),
});

/** By key: what of a profile it finds. Names of keys that are not here are of other applications. */
const FOUND_BY: ReadonlyMap<string, (profile: Profile) => readonly (string | undefined)[]> = new Map([
  [
    '_phone',
    (profile: Profile) => [
      profile.PhoneNumber,
      profile.MobilePhoneNumber,
      profile.HomePhoneNumber,
      profile.BusinessPhoneNumber,
    ],
  ],
  ['_email', ({ EmailAddress }: Profile) => [EmailAddress]],
  ['_profileId', ({ ProfileId }: Profile) => [ProfileId]],
  ['_fullName', ({ FirstName, LastName }: Profile) => [`${FirstName ?? ''} ${LastName ?? ''}`.trim()]],
]);

/**
 * Profiles of a domain by up to five keys. Not known: how numbers are compared; here as they are written.
 * Source: API reference, SearchProfiles.
 */
export function searchProfiles(parts: CustomerProfilesParts): RestOperation {
  return {
    name: 'SearchProfiles',
    method: 'POST',
    path: '/domains/{DomainName}/profiles/search',
    needs: onDomain('SearchProfiles', parts),
    answer({ params, query, input }) {
      const { name, profiles = [] } = requireDomain(params, parts);
      const { success, data } = Input.safeParse(input);
      if (!success) throw badRequest('The search keys are not valid.');
      const keys = [data, ...(data.AdditionalSearchKeys ?? [])].map(({ KeyName, Values }) => ({
        KeyName,
        Values,
        read: readerOf(KeyName),
      }));
      const found = profiles.flatMap((profile) => {
        const by = keys.filter(({ read, Values }) => read(profile).some((one) => Values.includes(one ?? '')));
        const isFound = data.LogicalOperator === 'AND' ? by.length === keys.length : by.length > 0;
        const FoundByItems = by.map(({ KeyName, Values }) => ({ KeyName, Values }));
        return isFound ? [{ ...profile, FoundByItems }] : [];
      });
      return listed(query, { of: `profiles ${name} ${JSON.stringify(data)}`, items: found });
    },
  };
}

function readerOf(key: string) {
  const read = FOUND_BY.get(key);
  if (!read)
    throw new AwsError('NotImplemented', 501, `SearchProfiles: the simulator has not the key ${key}`);
  return read;
}
