import type { QueryOperation } from '../../gateway/query-protocol.ts';
import { getTopicAttributes } from './operations/get-topic-attributes.ts';
import { listSubscriptionsByTopic } from './operations/list-subscriptions-by-topic.ts';
import { listSubscriptions } from './operations/list-subscriptions.ts';
import { listTopics } from './operations/list-topics.ts';
import type { SnsParts } from './parts.ts';

/** Everything that can be asked of Amazon SNS over the wire. */
export function snsOperations(parts: SnsParts): readonly QueryOperation[] {
  return [
    getTopicAttributes(parts),
    listSubscriptions(parts),
    listSubscriptionsByTopic(parts),
    listTopics(parts),
  ];
}
