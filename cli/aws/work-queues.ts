import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { RefusedError } from '../command.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { PATIENT } from './patience.ts';
import type { DeployedStack, QueueName } from './deployed-stack.ts';

export interface WorkQueues {
  readonly send: (queue: QueueName, message: unknown) => Promise<void>;
  /** How many messages a queue has, about: those to be read, those that are being worked on, and delayed ones. */
  readonly waiting: (queue: QueueName) => Promise<number>;
  /** For how many days a queue keeps its dead letters. */
  readonly deadLetterDays: (queue: QueueName) => Promise<number>;
  /** How many dead letters a queue has, about. */
  readonly deadLetters: (queue: QueueName) => Promise<number>;
  /**
   * Lets SQS move a queue's dead letters back into it. Returns how many were moved when it is done, or after
   * a minute.
   */
  readonly redrive: (queue: QueueName) => Promise<number>;
}

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;
type AskedAttribute = 'QueueArn' | 'ApproximateNumberOfMessages' | 'MessageRetentionPeriod';
const DAY_SECONDS = 86_400;
const LOOKS = 60;
const BETWEEN_LOOKS_MS = 1000;

/** The queues between the steps, for operators. Everything throws RefusedError, in words. */
export function workQueues(
  queues: DeployedStack['queues'],
  { wait, ...place }: AskedPlace & { readonly wait: (ms: number) => Promise<void> },
): WorkQueues {
  const sqs = new SQSClient({ ...place, ...PATIENT });

  async function attribute(QueueUrl: string, name: AskedAttribute) {
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] });
    const { Attributes } = await askAws('sqs:GetQueueAttributes', place, () => sqs.send(command));
    return Attributes?.[name] ?? '';
  }

  return {
    waiting: async (queue) => {
      const command = new GetQueueAttributesCommand({
        QueueUrl: queues[queue].url,
        AttributeNames: [...COUNTS],
      });
      const { Attributes = {} } = await askAws('sqs:GetQueueAttributes', place, () => sqs.send(command));
      return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    },
    send: async (queue, message) => {
      const command = new SendMessageCommand({
        QueueUrl: queues[queue].url,
        MessageBody: JSON.stringify(message),
      });
      await askAws('sqs:SendMessage', place, () => sqs.send(command));
    },
    deadLetterDays: async (queue) =>
      Number(await attribute(queues[queue].deadLettersUrl, 'MessageRetentionPeriod')) / DAY_SECONDS,
    deadLetters: async (queue) =>
      Number(await attribute(queues[queue].deadLettersUrl, 'ApproximateNumberOfMessages')),
    redrive: async (queue) => {
      const { url, deadLettersUrl } = queues[queue];
      // Named, because messages that a function put there itself have no queue to go back to.
      const DestinationArn = await attribute(url, 'QueueArn');
      const SourceArn = await attribute(deadLettersUrl, 'QueueArn');
      const start = new StartMessageMoveTaskCommand({ SourceArn, DestinationArn });
      await askAws('sqs:StartMessageMoveTask', place, () => sqs.send(start));
      for (let look = 1; ; look += 1) {
        const list = new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 });
        const { Results } = await askAws('sqs:ListMessageMoveTasks', place, () => sqs.send(list));
        const { Status, FailureReason, ApproximateNumberOfMessagesMoved: moved = 0 } = Results?.[0] ?? {};
        if (Status === 'FAILED')
          throw new RefusedError(`SQS stopped after ${moved} messages: ${FailureReason}`);
        if (Status === 'COMPLETED' || look === LOOKS) return moved;
        await wait(BETWEEN_LOOKS_MS);
      }
    },
  };
}
