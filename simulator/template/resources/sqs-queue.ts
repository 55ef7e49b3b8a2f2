import { z } from 'zod';
import { parseProperties, type ResourceKind, type Stack, type StackResource } from '../resource-kind.ts';
import { Tags, tagsIn } from './tags.ts';
import { TemplateError } from '../template-error.ts';

const Ignored = z.unknown().optional();
const Seconds = z.coerce.number().int().min(0);

const Properties = z.strictObject({
  QueueName: z.string().optional(),
  // CloudFormation's defaults.
  VisibilityTimeout: Seconds.max(43_200).default(30),
  MessageRetentionPeriod: Seconds.min(60).max(1_209_600).default(345_600),
  DelaySeconds: Seconds.max(900).default(0),
  ReceiveMessageWaitTimeSeconds: z.literal(0).optional(),
  RedrivePolicy: z
    .strictObject({
      deadLetterTargetArn: z.string(),
      maxReceiveCount: z.coerce.number().int().min(1).max(1000),
    })
    .optional(),
  RedriveAllowPolicy: Ignored,
  KmsDataKeyReusePeriodSeconds: Ignored,
  KmsMasterKeyId: z.string().exactOptional(),
  SqsManagedSseEnabled: Ignored,
  Tags,
});

/** AWS::SQS::Queue, standard only. */
export const sqsQueue: ResourceKind = {
  identify({ name, cloud, account: { partition, region, id } }) {
    const QueueName = name('QueueName', { longest: 80 });
    const Arn = `arn:${partition}:sqs:${region}:${id}:${QueueName}`;
    // The same as the simulated SQS returns, which knows it only once the queue exists.
    const QueueUrl = `${cloud.endpoint()}/${id}/${QueueName}`;
    return { ref: QueueUrl, attributes: { Arn, QueueName, QueueUrl } };
  },
  deploy: (resource, stack) => stack.cloud.sqs.createQueue(optionsOf(resource, stack)),
  update: (resource, stack) => stack.cloud.sqs.changeQueue(optionsOf(resource, stack)),
  remove: ({ identity }, { cloud }) => cloud.sqs.deleteQueue(identity().attributes['Arn'] ?? ''),
};

function optionsOf(resource: StackResource, stack: Stack) {
  const { RedrivePolicy: redrive, ...properties } = parseProperties(Properties, resource);
  const { attributes } = resource.identity();
  if (redrive && !stack.byArn(resource.type, redrive.deadLetterTargetArn)) {
    const { deadLetterTargetArn } = redrive;
    throw new TemplateError(
      `${resource.where}: the template has no dead-letter queue ${deadLetterTargetArn}`,
    );
  }
  return {
    name: attributes['QueueName'] ?? '',
    arn: attributes['Arn'] ?? '',
    visibilityTimeoutSeconds: properties.VisibilityTimeout,
    messageRetentionSeconds: properties.MessageRetentionPeriod,
    delaySeconds: properties.DelaySeconds,
    tags: tagsIn(properties.Tags),
    ...(properties.KmsMasterKeyId !== undefined && { keyId: properties.KmsMasterKeyId }),
    ...(redrive && {
      redrive: { deadLetterArn: redrive.deadLetterTargetArn, maxReceiveCount: redrive.maxReceiveCount },
    }),
  };
}

/** Throws TemplateError if the queue's properties are wrong. */
export function visibilityTimeoutMs(queue: StackResource): number {
  return parseProperties(Properties, queue).VisibilityTimeout * 1000;
}
