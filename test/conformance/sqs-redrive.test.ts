import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createSqs } from '../../simulator/services/sqs/sqs.ts';
import { simulatorOnly, startTarget, type Target } from './setup.ts';

/**
 * To run this against AWS, create these two, empty, the first with the second as its
 * dead-letter queue and a maximum of two receives.
 */
const QUEUE_NAME = 'voicemail-conformance-redrive';
const DEAD_LETTERS_NAME = 'voicemail-conformance-dead-letters';

/** Of the simulated queues, without the name. */
const ARN = 'arn:aws:sqs:us-east-1:111122223333';

const clock = createClock('fast');
let target: Target;
let sqs: SQSClient;
let queueUrl: string;
let queueArn: string;
let deadLettersUrl: string;
let deadLettersArn: string;

before(async () => {
  const happenings = createHappenings();
  const simulated = createSqs({ clock, happenings, baseUrl: () => target.gateway.endpoint });
  const deadLetterArn = `${ARN}:${DEAD_LETTERS_NAME}`;
  const redrive = { deadLetterArn, maxReceiveCount: 2 };
  simulated.createQueue({ name: QUEUE_NAME, arn: `${ARN}:${QUEUE_NAME}`, redrive });
  simulated.createQueue({ name: DEAD_LETTERS_NAME, arn: deadLetterArn });

  target = await startTarget([simulated.service], { clock, happenings });
  sqs = new SQSClient({ ...target.client, maxAttempts: 1 });
  queueUrl = await urlOf(QUEUE_NAME);
  deadLettersUrl = await urlOf(DEAD_LETTERS_NAME);
  queueArn = await attributeOf(queueUrl, 'QueueArn');
  deadLettersArn = await attributeOf(deadLettersUrl, 'QueueArn');
});

after(async () => {
  sqs.destroy();
  await target.close();
});

test('a queue names its dead-letter queue', async () => {
  const policy: unknown = JSON.parse(await attributeOf(queueUrl, 'RedrivePolicy'));

  assert.deepEqual(policy, { deadLetterTargetArn: deadLettersArn, maxReceiveCount: 2 });
});

test('what was received twice without success is found in the dead-letter queue', async () => {
  const messageId = await send(queueUrl, 'poison');
  await failToHandle();
  await failToHandle();

  const third = await receive(queueUrl, 0);
  const dead = await receive(deadLettersUrl);
  await remove(deadLettersUrl, dead);

  assert.equal(third, undefined);
  assert.equal(dead?.MessageId, messageId);
  assert.equal(dead?.Attributes?.DeadLetterQueueSourceArn, queueArn);
});

test('a redrive brings dead letters back as new messages', simulatorOnly, async () => {
  const messageId = await send(queueUrl, 'poison');
  for (let receives = 0; receives < 3; receives += 1) await failToHandle();

  const { TaskHandle } = await redriveTo();
  const back = await receive(queueUrl);
  await remove(queueUrl, back);
  const [task] = await tasks(1);

  assert.ok(TaskHandle);
  assert.equal(back?.Body, 'poison');
  assert.notEqual(back?.MessageId, messageId);
  assert.equal(back?.Attributes?.ApproximateReceiveCount, '1');
  assert.equal(back?.Attributes?.DeadLetterQueueSourceArn, undefined);
  assert.equal(task?.Status, 'COMPLETED');
  assert.equal(task?.ApproximateNumberOfMessagesMoved, 1);
  assert.equal(task?.TaskHandle, undefined);
});

test('a dead letter without a source queue stays until a destination is named', simulatorOnly, async () => {
  await send(deadLettersUrl, 'direct');

  await redriveTo();
  await clock.sleep(1000);
  const [failed] = await tasks(1);
  await redriveTo({ DestinationArn: queueArn });
  const moved = await receive(queueUrl);
  await remove(queueUrl, moved);

  assert.equal(failed?.Status, 'FAILED');
  assert.equal(failed?.FailureReason, 'CouldNotDetermineMessageSource');
  assert.equal(moved?.Body, 'direct');
});

test('a redrive keeps its rate, and no second one starts meanwhile', simulatorOnly, async () => {
  for (const body of ['one', 'two', 'three']) await send(deadLettersUrl, body);

  const standStill = clock.busy();
  await redriveTo({ DestinationArn: queueArn, MaxNumberOfMessagesPerSecond: 1 });
  await assert.rejects(redriveTo(), {
    Code: 'InvalidParameterValue',
    message: /^There is already a task running/,
  });
  const [running] = await tasks(10);
  standStill();
  await clock.sleep(10_000);
  const [done] = await tasks(1);
  for (let messages = 0; messages < 3; messages += 1) await remove(queueUrl, await receive(queueUrl));

  assert.equal(running?.Status, 'RUNNING');
  assert.ok(running?.TaskHandle);
  assert.ok((running?.ApproximateNumberOfMessagesMoved ?? 3) < 3);
  assert.equal(running?.ApproximateNumberOfMessagesToMove, 3);
  assert.equal(done?.Status, 'COMPLETED');
  assert.equal(done?.ApproximateNumberOfMessagesMoved, 3);
});

test('only a dead-letter queue can be redriven, and only to an existing queue', async () => {
  await assert.rejects(sqs.send(new StartMessageMoveTaskCommand({ SourceArn: queueArn })), {
    Code: 'InvalidParameterValue',
    message: 'Source queue must be configured as a Dead Letter Queue.',
  });
  await assert.rejects(redriveTo({ DestinationArn: `${queueArn}-no` }), {
    name: 'ResourceNotFoundException',
  });
});

async function urlOf(QueueName: string): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  return QueueUrl;
}

async function attributeOf(QueueUrl: string, name: QueueAttributeName): Promise<string> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }));
  return Attributes?.[name] ?? '';
}

async function send(QueueUrl: string, MessageBody: string): Promise<string | undefined> {
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  return MessageId;
}

async function receive(QueueUrl: string, WaitTimeSeconds = 10): Promise<Message | undefined> {
  const { Messages: [message] = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds, MessageSystemAttributeNames: ['All'] }),
  );
  return message;
}

/** Receives from the queue, and gives the message back at once. */
async function failToHandle(): Promise<void> {
  await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, VisibilityTimeout: 0, WaitTimeSeconds: 10 }),
  );
}

async function remove(QueueUrl: string, message: Message | undefined): Promise<void> {
  assert.ok(message, 'there is a message');
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
}

function redriveTo(to: { DestinationArn?: string; MaxNumberOfMessagesPerSecond?: number } = {}) {
  return sqs.send(new StartMessageMoveTaskCommand({ SourceArn: deadLettersArn, ...to }));
}

async function tasks(MaxResults: number) {
  const { Results = [] } = await sqs.send(
    new ListMessageMoveTasksCommand({ SourceArn: deadLettersArn, MaxResults }),
  );
  return Results;
}
