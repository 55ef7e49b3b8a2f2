import type { RestOperation } from '../../../gateway/protocols.ts';
import { pageIn } from '../input.ts';
import type { SesParts } from '../parts.ts';

const MOST_PER_PAGE = 1000;

/** ListConfigurationSets: their names. Source: SES API v2 reference. */
export function listConfigurationSets({ configurationSets }: SesParts): RestOperation {
  return {
    name: 'ListConfigurationSets',
    method: 'POST',
    path: '/v2/email/list-configuration-sets',
    alsoAt: { method: 'GET', path: '/v2/email/configuration-sets' },
    needs: () => [{ action: 'ses:ListConfigurationSets', resource: '*' }],
    answer(call) {
      const names = configurationSets.all().map(({ name }) => name);
      const { items, told } = pageIn(names, call, { of: 'configuration sets', most: MOST_PER_PAGE });
      return { ConfigurationSets: items, ...told };
    },
  };
}
