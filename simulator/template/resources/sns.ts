import { z } from 'zod';
import { physicalName, uuidOf } from '../physical-name.ts';
import { parseProperties, type ResourceKind, type StackResource } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { Tags, tagsIn } from './tags.ts';

const TopicProperties = z.strictObject({
  TopicName: z.string().optional(),
  DisplayName: z.string().default(''),
  KmsMasterKeyId: z.string().exactOptional(),
  Tags,
});

/** AWS::SNS::Topic */
export const snsTopic: ResourceKind = {
  identify({ name, account: { partition, region, id } }) {
    const TopicName = name('TopicName', { longest: 255 });
    const TopicArn = `arn:${partition}:sns:${region}:${id}:${TopicName}`;
    return { ref: TopicArn, attributes: { TopicArn, TopicName } };
  },
  deploy(resource, { cloud }) {
    cloud.sns.addTopic(topicOf(resource));
  },
  update(resource, { cloud }) {
    cloud.sns.changeTopic(topicOf(resource));
  },
  remove: ({ identity }, { cloud }) => cloud.sns.removeTopic(identity().ref),
};

function topicOf(resource: StackResource) {
  const {
    DisplayName: displayName,
    Tags: tags,
    KmsMasterKeyId: keyId,
  } = parseProperties(TopicProperties, resource);
  const { ref: arn } = resource.identity();
  return { arn, displayName, tags: tagsIn(tags), ...(keyId !== undefined && { keyId }) };
}

const PolicyProperties = z.strictObject({ PolicyDocument: z.unknown(), Topics: z.array(z.string()).min(1) });

/** AWS::SNS::TopicPolicy: kept, and asked by nobody. */
export const snsTopicPolicy: ResourceKind = {
  identify: ({ stackName, logicalId, seed }) => ({
    ref: physicalName({ stackName, logicalId, seed, longest: 100 }),
    attributes: {},
  }),
  deploy(resource, { cloud }) {
    const { PolicyDocument, Topics } = parseProperties(PolicyProperties, resource);
    for (const arn of Topics) {
      const topic = cloud.sns.findTopic(arn);
      if (!topic) throw new TemplateError(`${resource.where}: there is no topic ${arn}`);
      topic.policy = JSON.stringify(PolicyDocument);
    }
  },
};

const SubscriptionProperties = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.enum(['email', 'email-json', 'sqs', 'lambda', 'http', 'https', 'sms']),
  Endpoint: z.string().min(1),
});

/** AWS::SNS::Subscription */
export const snsSubscription: ResourceKind = {
  identify({ property, seed }) {
    return { ref: `${String(property('TopicArn'))}:${uuidOf(seed)}`, attributes: {} };
  },
  deploy(resource, { cloud }) {
    const { TopicArn, Protocol, Endpoint } = parseProperties(SubscriptionProperties, resource);
    if (!cloud.sns.findTopic(TopicArn)) {
      throw new TemplateError(`${resource.where}: there is no topic ${TopicArn}`);
    }
    const { ref: arn } = resource.identity();
    cloud.sns.subscribe({ topicArn: TopicArn, arn, protocol: Protocol, endpoint: Endpoint });
  },
  remove: ({ identity }, { cloud }) => cloud.sns.unsubscribe(identity().ref),
};
