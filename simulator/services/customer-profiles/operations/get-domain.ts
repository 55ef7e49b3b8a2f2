import type { RestOperation } from '../../../gateway/protocols.ts';
import { MADE_S, onDomain, requireDomain } from '../input.ts';
import type { CustomerProfilesParts } from '../parts.ts';

/** A domain, with the number of its profiles. */
export function getDomain(parts: CustomerProfilesParts): RestOperation {
  return {
    name: 'GetDomain',
    method: 'GET',
    path: '/domains/{DomainName}',
    needs: onDomain('GetDomain', parts),
    answer({ params }) {
      const { name: DomainName, profiles = [] } = requireDomain(params, parts);
      return {
        DomainName,
        DefaultExpirationDays: 366,
        Stats: { ProfileCount: profiles.length, ObjectCount: 0, TotalSize: 0 },
        CreatedAt: MADE_S,
        LastUpdatedAt: MADE_S,
        Tags: {},
      };
    },
  };
}
