import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { queryService } from '../../gateway/query-protocol.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import { AwsError, type Service } from '../../service.ts';
import { snsOperations } from './operations.ts';
import { createTopics, type Topic } from './topics.ts';

export interface SimulatedSns {
  readonly service: Service;
  readonly addTopic: (topic: Pick<Topic, 'arn' | 'displayName' | 'tags'>) => void;
  /** With its subscriptions. */
  readonly changeTopic: (topic: Pick<Topic, 'arn' | 'displayName' | 'tags'>) => void;
  readonly removeTopic: (topicArn: string) => void;
  /** Undefined: there is none. */
  readonly findTopic: (topicArn: string) => Topic | undefined;
  /** Throws an Error where there is no such topic. An address of the world's confirms its subscription at once. */
  readonly subscribe: (subscription: {
    readonly topicArn: string;
    readonly arn: string;
    readonly protocol: string;
    readonly endpoint: string;
  }) => void;
  /** Does nothing if there is no such subscription. */
  readonly unsubscribe: (subscriptionArn: string) => void;
}

/**
 * Amazon SNS: topics, and who subscribed to them.
 *
 * Not simulated: publishing. An alarm that goes off is a happening, and mails nobody.
 */
export function createSns({
  clock,
  account = LAPTOP_ACCOUNT,
  confirmingAddresses,
}: {
  clock: Pick<Clock, 'now'>;
  account?: Account;
  /** The addresses whose owners follow the link in the mail that asks for it. Absent: all of them. */
  confirmingAddresses?: readonly string[] | undefined;
}): SimulatedSns {
  const topics = createTopics();
  const service = queryService({
    name: 'sns',
    version: '2010-03-31',
    namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    operations: snsOperations({ account, clock, topics }),
  });
  return {
    service: {
      ...service,
      errorAnswer: (error, request) => service.errorAnswer(asSnsSaysIt(error), request),
    },
    addTopic: topics.add,
    changeTopic: topics.change,
    removeTopic: topics.remove,
    findTopic: topics.find,
    unsubscribe(subscriptionArn) {
      for (const { subscriptions } of topics.all()) {
        const index = subscriptions.findIndex(({ arn }) => arn === subscriptionArn);
        if (index >= 0) subscriptions.splice(index, 1);
      }
    },
    subscribe({ topicArn, ...subscription }) {
      const topic = topics.find(topicArn);
      if (!topic) throw new Error(`there is no topic ${topicArn}`);
      const asks = subscription.protocol.startsWith('email');
      const isConfirmed = !asks || (confirmingAddresses?.includes(subscription.endpoint) ?? true);
      topic.subscriptions.push({ ...subscription, isConfirmed, createdAtMs: clock.now() });
    },
  };
}

/** SNS has a word of its own for a missing permission. Source: Amazon SNS API reference, common errors of each action. */
function asSnsSaysIt(error: AwsError): AwsError {
  return error.code === 'AccessDeniedException'
    ? new AwsError('AuthorizationError', error.status, error.message)
    : error;
}
