import type { RestOperation } from '../../../gateway/protocols.ts';
import { pageIn } from '../input.ts';
import type { SesParts } from '../parts.ts';

const MOST_PER_PAGE = 1000;

/**
 * ListSuppressedDestinations: none, as only the mailbox simulator's addresses bounce here, and SES keeps those off the
 * list. Source: SES API v2 reference; SES developer guide, "Using the mailbox simulator manually".
 */
export function listSuppressedDestinations(_parts: SesParts): RestOperation {
  return {
    name: 'ListSuppressedDestinations',
    method: 'GET',
    path: '/v2/email/suppression/addresses',
    needs: () => [{ action: 'ses:ListSuppressedDestinations', resource: '*' }],
    answer(call) {
      const { items } = pageIn([], call, { of: 'suppressed destinations', most: MOST_PER_PAGE });
      return { SuppressedDestinationSummaries: items };
    },
  };
}
