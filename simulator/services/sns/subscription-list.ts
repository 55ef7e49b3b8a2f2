import { pageOf } from './input.ts';
import type { SnsParts } from './parts.ts';
import { type Subscription, subscriptionsOf, type Topic } from './topics.ts';

/** A page of the subscriptions to these topics, as the API has them. */
export function subscriptionList(
  topics: readonly Topic[],
  input: URLSearchParams,
  { account, clock }: SnsParts,
) {
  const all = topics.flatMap((topic) =>
    subscriptionsOf(topic, clock.now()).map((one) => ({
      SubscriptionArn: shownArn(one),
      Owner: account.id,
      Protocol: one.protocol,
      Endpoint: one.endpoint,
      TopicArn: topic.arn,
    })),
  );
  const { items, ...rest } = pageOf(all, input);
  return { Subscriptions: { member: items }, ...rest };
}

/** One that nobody has confirmed has no ARN yet. */
function shownArn({ arn, isConfirmed }: Subscription): string {
  return isConfirmed ? arn : 'PendingConfirmation';
}
