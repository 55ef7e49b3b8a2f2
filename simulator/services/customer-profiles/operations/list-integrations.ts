import type { RestOperation } from '../../../gateway/protocols.ts';
import { listed, MADE_S, onDomain, requireDomain } from '../input.ts';
import type { CustomerProfilesParts } from '../parts.ts';

/**
 * What a domain gets its data from: Amazon Connect instances, whose contact records it keeps. Not known: whether the
 * URI of an instance is its ARN. Source: exported integrations of others.
 */
export function listIntegrations(parts: CustomerProfilesParts): RestOperation {
  return {
    name: 'ListIntegrations',
    method: 'GET',
    path: '/domains/{DomainName}/integrations',
    needs: onDomain('ListIntegrations', parts),
    answer({ params, query }) {
      const { name, instanceArns = [] } = requireDomain(params, parts);
      const items = instanceArns.map((Uri) => ({
        DomainName: name,
        Uri,
        ObjectTypeName: 'CTR',
        CreatedAt: MADE_S,
        LastUpdatedAt: MADE_S,
      }));
      return listed(query, { of: `integrations ${name}`, items });
    },
  };
}
