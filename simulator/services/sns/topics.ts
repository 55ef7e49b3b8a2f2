/** A topic, with who subscribed to it. */
export interface Topic {
  readonly arn: string;
  readonly displayName: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Absent: it is not encrypted. */
  readonly keyId?: string;
  /** The resource policy that was set on it, as JSON. */
  policy?: string;
  readonly subscriptions: Subscription[];
}

export interface Subscription {
  readonly arn: string;
  /** `email`, `sqs`, `https` … */
  readonly protocol: string;
  readonly endpoint: string;
  readonly isConfirmed: boolean;
  readonly createdAtMs: number;
}

export type NewTopic = Pick<Topic, 'arn' | 'displayName' | 'tags' | 'keyId'>;

export interface Topics {
  readonly add: (topic: NewTopic) => void;
  readonly change: Topics['add'];
  readonly remove: (topicArn: string) => void;
  readonly find: (topicArn: string) => Topic | undefined;
  /** In the order in which they were made. */
  readonly all: () => readonly Topic[];
}

export function createTopics(): Topics {
  const topics = new Map<string, Topic>();
  return {
    add: (topic) => void topics.set(topic.arn, { ...topic, subscriptions: [] }),
    change(topic) {
      const found = topics.get(topic.arn);
      if (found) topics.set(topic.arn, { ...topic, subscriptions: found.subscriptions, ...policyOf(found) });
    },
    remove: (topicArn) => void topics.delete(topicArn),
    find: (topicArn) => topics.get(topicArn),
    all: () => [...topics.values()],
  };
}

function policyOf({ policy }: Topic): Pick<Topic, 'policy'> {
  return policy === undefined ? {} : { policy };
}

/** Source: Amazon SNS, "automatic deletion of unconfirmed subscriptions", May 2023. */
const UNCONFIRMED_KEPT_MS = 48 * 3_600_000;

/** Those that are still there: SNS forgets one that nobody confirms within two days. */
export function subscriptionsOf({ subscriptions }: Topic, nowMs: number): readonly Subscription[] {
  return subscriptions.filter(
    ({ isConfirmed, createdAtMs }) => isConfirmed || nowMs - createdAtMs < UNCONFIRMED_KEPT_MS,
  );
}
