import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { requireTopic, shownAttributes } from '../input.ts';
import type { SnsParts } from '../parts.ts';
import { subscriptionsOf } from '../topics.ts';

/** As many of a topic's attributes as are known here. All values are texts. */
export function getTopicAttributes(parts: SnsParts): QueryOperation {
  return {
    name: 'GetTopicAttributes',
    needs: (input) => [{ action: 'sns:GetTopicAttributes', resource: input.get('TopicArn') ?? '*' }],
    answer(input) {
      const topic = requireTopic(input, parts);
      const subscriptions = subscriptionsOf(topic, parts.clock.now());
      const confirmed = subscriptions.filter(({ isConfirmed }) => isConfirmed).length;
      const attributes = {
        TopicArn: topic.arn,
        Owner: parts.account.id,
        DisplayName: topic.displayName,
        SubscriptionsConfirmed: String(confirmed),
        SubscriptionsPending: String(subscriptions.length - confirmed),
        SubscriptionsDeleted: '0',
        ...(topic.keyId !== undefined && { KmsMasterKeyId: topic.keyId }),
        ...(topic.policy !== undefined && { Policy: topic.policy }),
      };
      return shownAttributes(attributes);
    },
  };
}
