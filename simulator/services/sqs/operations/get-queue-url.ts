import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import type { ApiRequest } from '../../../service.ts';
import { requireText } from '../input.ts';
import type { SqsParts } from '../parts.ts';

export function getQueueUrl(parts: SqsParts): JsonOperation {
  const { partition, region } = parts.account;
  const arnIn = (input: JsonObject, { caller }: ApiRequest) => {
    const { QueueOwnerAWSAccountId: owner = caller.accountId } = input;
    return `arn:${partition}:sqs:${region}:${String(owner)}:${requireText(input, 'QueueName')}`;
  };
  return {
    name: 'GetQueueUrl',
    needs: (input, request) => [{ action: 'sqs:GetQueueUrl', resource: arnIn(input, request) }],
    answer: (input, request) => ({ QueueUrl: parts.queueUrl(arnIn(input, request)) }),
  };
}
