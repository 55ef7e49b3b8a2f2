import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { deadLettersOutputOf, QUEUE_NAMES, type QueueName } from '../../aws/deployed-stack.ts';
import type { Look } from '../look.ts';
import { outputOf, stack } from './stack.ts';

export interface DeadLetters {
  readonly queue: QueueName;
  /** About: SQS counts so. */
  readonly count: number;
}

/** How many messages lie in each dead-letter queue of the stack. None: there is no stack, or none with such queues. */
export async function deadLetters(look: Look): Promise<readonly DeadLetters[]> {
  const deployed = await stack(look);
  if (deployed === undefined) return [];
  const sqs = look.client(SQSClient);
  const counts = QUEUE_NAMES.map(async (queue) => {
    const QueueUrl = outputOf(deployed, deadLettersOutputOf(queue));
    if (QueueUrl === undefined) return [];
    const command = new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages'],
    });
    const { Attributes } = await look.ask('sqs:GetQueueAttributes', () => sqs.send(command));
    return [{ queue, count: Number(Attributes?.ApproximateNumberOfMessages ?? 0) }];
  });
  return (await Promise.all(counts)).flat();
}
