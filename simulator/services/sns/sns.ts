import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { queryService } from '../../gateway/query-protocol.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import { AwsError, type Service } from '../../service.ts';
import { snsOperations } from './operations.ts';
import type { KeyRing, ServiceUser } from '../kms/key-ring.ts';
import { createTopics, type NewTopic, type Topic } from './topics.ts';

export interface SimulatedSns {
  readonly service: Service;
  readonly addTopic: (topic: NewTopic) => void;
  /** With its subscriptions. */
  readonly changeTopic: (topic: NewTopic) => void;
  readonly removeTopic: (topicArn: string) => void;
  /** Undefined: there is none. */
  readonly findTopic: (topicArn: string) => Topic | undefined;
  /** Why a service cannot publish to a topic. Undefined: its key lets it, or it has none. */
  readonly refusalOf: (topicArn: string, by: ServiceUser) => string | undefined;
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
  keys,
}: {
  clock: Pick<Clock, 'now'>;
  account?: Account;
  /** Absent: nothing is asked of a key. */
  keys?: KeyRing;
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
    refusalOf(topicArn, by) {
      const keyId = topics.find(topicArn)?.keyId;
      if (keyId === undefined) return undefined;
      const actions = ['GenerateDataKey', 'Decrypt'] as const;
      const encryptionContext = { 'aws:sns:topicArn': topicArn };
      return keys?.refusalOf({ keyId, actions, via: 'sns', encryptionContext }, by)?.message;
    },
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
