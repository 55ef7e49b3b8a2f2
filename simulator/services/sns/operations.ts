import type { QueryOperation } from '../../gateway/query-protocol.ts';
import { getSubscriptionAttributes } from './operations/get-subscription-attributes.ts';
import { getTopicAttributes } from './operations/get-topic-attributes.ts';
import { listSubscriptionsByTopic } from './operations/list-subscriptions-by-topic.ts';
import { listSubscriptions } from './operations/list-subscriptions.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { listTopics } from './operations/list-topics.ts';
import type { SnsParts } from './parts.ts';

/** Everything that can be asked of Amazon SNS over the wire. */
export function snsOperations(parts: SnsParts): readonly QueryOperation[] {
  return [
    getSubscriptionAttributes(parts),
    getTopicAttributes(parts),
    listSubscriptions(parts),
    listSubscriptionsByTopic(parts),
    listTagsForResource(parts),
    listTopics(parts),
  ];
}
