import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import type { SnsParts } from '../parts.ts';
import { subscriptionList } from '../subscription-list.ts';

/** Of all topics. */
export function listSubscriptions(parts: SnsParts): QueryOperation {
  return {
    name: 'ListSubscriptions',
    needs: () => [{ action: 'sns:ListSubscriptions', resource: '*' }],
    answer: (input) => subscriptionList(parts.topics.all(), input, parts),
  };
}
