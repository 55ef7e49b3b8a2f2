import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { requireTopic } from '../input.ts';
import type { SnsParts } from '../parts.ts';
import { subscriptionList } from '../subscription-list.ts';

export function listSubscriptionsByTopic(parts: SnsParts): QueryOperation {
  return {
    name: 'ListSubscriptionsByTopic',
    needs: (input) => [{ action: 'sns:ListSubscriptionsByTopic', resource: input.get('TopicArn') ?? '*' }],
    answer: (input) => subscriptionList([requireTopic(input, parts)], input, parts),
  };
}
