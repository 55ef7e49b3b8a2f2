import { z } from 'zod';
import type { Destination } from '../../services/lambda/function-settings.ts';
import { physicalName } from '../physical-name.ts';
import { parseProperties, type ResourceKind, type Stack } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { requireFunction } from './lambda-function.ts';

const DestinationShape = z.strictObject({ Destination: z.string() }).optional();

const Properties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(2).default(2),
  MaximumEventAgeInSeconds: z.coerce.number().int().min(60).max(21_600).default(21_600),
  DestinationConfig: z.strictObject({ OnFailure: DestinationShape, OnSuccess: DestinationShape }).default({}),
});

/** AWS::Lambda::EventInvokeConfig, with queues as destinations. */
export const eventInvokeConfig: ResourceKind = {
  identify: ({ stackName, logicalId, seed }) => ({
    ref: physicalName({ stackName, logicalId, seed, longest: 100 }),
    attributes: {},
  }),
  deploy(resource, stack) {
    const { where } = resource;
    const properties = parseProperties(Properties, resource);
    const { arn, roleArn } = requireFunction(properties.FunctionName, stack, where);
    const { OnFailure, OnSuccess } = properties.DestinationConfig;
    stack.cloud.lambda.configureAsync(arn, {
      details: {
        changedAtMs: stack.cloud.clock.now(),
        ...(OnFailure && { onFailureArn: OnFailure.Destination }),
        ...(OnSuccess && { onSuccessArn: OnSuccess.Destination }),
      },
      maxRetries: properties.MaximumRetryAttempts,
      maxEventAgeMs: properties.MaximumEventAgeInSeconds * 1000,
      ...(OnFailure && { onFailure: queueDestination(OnFailure.Destination, { roleArn, where, stack }) }),
      ...(OnSuccess && { onSuccess: queueDestination(OnSuccess.Destination, { roleArn, where, stack }) }),
    });
  },
  update: (resource, stack) => eventInvokeConfig.deploy?.(resource, stack),
  remove(resource, stack) {
    const { FunctionName } = parseProperties(Properties, resource);
    stack.cloud.lambda.resetAsync(requireFunction(FunctionName, stack, resource.where).arn);
  },
};

/** Lambda sends with the permissions of the function's role. */
function queueDestination(
  queueArn: string,
  { roleArn, where, stack }: { roleArn: string; where: string; stack: Stack },
): Destination {
  const { identities, sqs } = stack.cloud;
  if (!stack.byArn('AWS::SQS::Queue', queueArn)) {
    throw new TemplateError(`${where}: the destination ${queueArn} is no queue of the template`);
  }
  if (!identities.callerFor(roleArn).isAllowed({ action: 'sqs:SendMessage', resource: queueArn })) {
    throw new TemplateError(
      `${where}: The function's execution role does not have permissions to call SendMessage on ${queueArn}`,
    );
  }
  return (record) => void sqs.send(queueArn, JSON.stringify(record));
}
