import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { AwsError } from '../../../service.ts';
import { shownAttributes } from '../input.ts';
import type { SnsParts } from '../parts.ts';
import { subscriptionsOf } from '../topics.ts';

/** GetSubscriptionAttributes, of one that is confirmed: others have no ARN. Source: Amazon SNS API reference. */
export function getSubscriptionAttributes({ topics, clock, account }: SnsParts): QueryOperation {
  return {
    name: 'GetSubscriptionAttributes',
    needs(input) {
      const arn = input.get('SubscriptionArn') ?? '*';
      return [{ action: 'sns:GetSubscriptionAttributes', resource: arn.split(':').slice(0, 6).join(':') }];
    },
    answer(input) {
      const asked = input.get('SubscriptionArn');
      const all = topics
        .all()
        .flatMap((topic) => subscriptionsOf(topic, clock.now()).map((one) => ({ ...one, topic })));
      const found = all.find(({ arn, isConfirmed }) => isConfirmed && arn === asked);
      if (!found) throw new AwsError('NotFound', 404, 'Subscription does not exist');
      return shownAttributes({
        SubscriptionArn: found.arn,
        TopicArn: found.topic.arn,
        Owner: account.id,
        Protocol: found.protocol,
        Endpoint: found.endpoint,
        PendingConfirmation: 'false',
        ConfirmationWasAuthenticated: 'false',
        RawMessageDelivery: 'false',
      });
    },
  };
}
