import { paginateListSubscriptionsByTopic, SNSClient, type Subscription } from '@aws-sdk/client-sns';
import type { Look } from '../look.ts';

/** Who has subscribed to a topic. Undefined: there is no such topic. */
export async function subscriptionsTo(
  topicArn: string,
  look: Look,
): Promise<readonly Subscription[] | undefined> {
  const client = look.client(SNSClient);
  try {
    return await look.ask('sns:ListSubscriptionsByTopic', async () => {
      const found: Subscription[] = [];
      for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn: topicArn })) {
        found.push(...(page.Subscriptions ?? []));
      }
      return found;
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return undefined;
    throw error;
  }
}

/** Whether the subscription is confirmed. Source: Amazon SNS API reference, Subscription. */
export function isConfirmed({ SubscriptionArn = '' }: Subscription): boolean {
  return SubscriptionArn.startsWith('arn:');
}
