import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createSqs } from '../../simulator/services/sqs/sqs.ts';
import { simulatorOnly, startTarget, type Target } from './setup.ts';

/** A queue with nothing but defaults. To run this against AWS, create it under this name, empty. */
const QueueName = 'voicemail-conformance';

/** Fast, so that a long poll without messages takes no time. */
const clock = createClock('fast');
let target: Target;
let sqs: SQSClient;
let QueueUrl: string;

before(async () => {
  const happenings = createHappenings();
  const simulated = createSqs({ clock, happenings, baseUrl: () => target.gateway.endpoint });
  const arn = `arn:aws:sqs:us-east-1:111122223333:${QueueName}`;
  simulated.createQueue({ name: QueueName, arn });

  target = await startTarget([simulated.service], { clock, happenings });
  sqs = new SQSClient({ ...target.client, maxAttempts: 1 });
  QueueUrl = await urlOf(QueueName);
});

after(async () => {
  sqs.destroy();
  await target.close();
});

test('a message goes through with body, attributes and digests that the SDK checks', async () => {
  const MessageAttributes = {
    word: { DataType: 'String', StringValue: 'größe' },
    count: { DataType: 'Number.int', StringValue: '42' },
    bytes: { DataType: 'Binary', BinaryValue: Buffer.from([0, 0xff]) },
  };

  const sent = await send({ MessageBody: 'Grüße & <xml> \u{1F600}', MessageAttributes });
  const [message] = await receive({
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  });
  await remove(message);

  assert.equal(message?.MessageId, sent.MessageId);
  assert.equal(message?.Body, 'Grüße & <xml> \u{1F600}');
  assert.equal(message?.MD5OfBody, sent.MD5OfMessageBody);
  assert.equal(message?.MD5OfMessageAttributes, sent.MD5OfMessageAttributes);
  assert.equal(message?.MessageAttributes?.['word']?.StringValue, 'größe');
  assert.deepEqual(
    Buffer.from(message?.MessageAttributes?.['bytes']?.BinaryValue ?? []),
    Buffer.from([0, 0xff]),
  );
  assert.equal(message?.Attributes?.ApproximateReceiveCount, '1');
  assert.match(message?.Attributes?.SentTimestamp ?? '', /^\d{13}$/);
  assert.match(message?.Attributes?.ApproximateFirstReceiveTimestamp ?? '', /^\d{13}$/);
});

test('the digest of the attributes is the one that clients compute', async () => {
  const MessageAttributes = {
    timestamp: { DataType: 'Number.java.lang.Long', StringValue: '1493147359900' },
  };

  const { MD5OfMessageAttributes } = await send({ MessageBody: 'x', MessageAttributes });
  await drain();

  assert.equal(MD5OfMessageAttributes, '2e2e4876d8e0bd6b8c2c8f556831c349');
});

test('attributes come only when they are asked for, by name or by prefix', async () => {
  const some = { DataType: 'String', StringValue: 'some' };
  await send({ MessageBody: 'x', MessageAttributes: { 'a.b': some, 'a.c': some, b: some } });

  const [bare] = await receive({ VisibilityTimeout: 0 });
  const [chosen] = await receive({
    MessageAttributeNames: ['a.*'],
    MessageSystemAttributeNames: ['SentTimestamp'],
  });
  await remove(chosen);

  assert.equal(bare?.Attributes, undefined);
  assert.equal(bare?.MessageAttributes, undefined);
  assert.deepEqual(Object.keys(chosen?.MessageAttributes ?? {}).toSorted(), ['a.b', 'a.c']);
  assert.deepEqual(Object.keys(chosen?.Attributes ?? {}), ['SentTimestamp']);
});

test('an empty queue answers without messages once the long poll is over', async () => {
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));

  assert.equal(Messages, undefined);
});

test('a long poll ends as soon as a delayed message becomes visible', async () => {
  await send({ MessageBody: 'delayed', DelaySeconds: 5 });
  const immediate = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));

  const [message] = await receive({ WaitTimeSeconds: 20 });
  await remove(message);

  assert.equal(immediate.Messages, undefined);
  assert.equal(message?.Body, 'delayed');
});

test('a visibility of zero gives a message back at once', async () => {
  await send({ MessageBody: 'hello' });
  const [first] = await receive();
  assert.ok(first);

  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl,
      ReceiptHandle: first.ReceiptHandle,
      VisibilityTimeout: 0,
    }),
  );
  const [second] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
  await remove(second);

  assert.equal(second?.MessageId, first.MessageId);
  assert.equal(second?.Attributes?.ApproximateReceiveCount, '2');
});

test('a batch processes the valid entries and names the others', async () => {
  const sent = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'good', MessageBody: 'one' },
        { Id: 'bad', MessageBody: 'bell \u0007' },
        { Id: 'fine', MessageBody: 'two' },
      ],
    }),
  );
  const messages = [...(await receive({ MaxNumberOfMessages: 10 }))];
  while (messages.length < 2) messages.push(...(await receive({ MaxNumberOfMessages: 10 })));
  const entries = messages.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle }));
  const changed = await sqs.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl,
      Entries: entries.map((entry) => ({ ...entry, VisibilityTimeout: 60 })),
    }),
  );
  const deleted = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: [...entries, { Id: 'none', ReceiptHandle: 'nonsense' }],
    }),
  );

  assert.deepEqual(idsOf(sent.Successful), ['fine', 'good']);
  assert.deepEqual(
    sent.Failed?.map(({ Id, Code, SenderFault }) => ({ Id, Code, SenderFault })),
    [{ Id: 'bad', Code: 'InvalidMessageContents', SenderFault: true }],
  );
  assert.deepEqual(messages.map(({ Body = '' }) => Body).toSorted(), ['one', 'two']);
  assert.deepEqual(idsOf(changed.Successful), ['m0', 'm1']);
  assert.deepEqual(idsOf(deleted.Successful), ['m0', 'm1']);
  assert.deepEqual(
    deleted.Failed?.map(({ Id, Code }) => ({ Id, Code })),
    [{ Id: 'none', Code: 'ReceiptHandleIsInvalid' }],
  );
});

test('a batch without entries, with too many, or with equal ids is refused', async () => {
  const eleven = Array.from({ length: 11 }, (_, index) => `id-${index}`);

  await assert.rejects(sendBatch(), { name: 'EmptyBatchRequest' });
  await assert.rejects(sendBatch(...eleven), { name: 'TooManyEntriesInBatchRequest' });
  await assert.rejects(sendBatch('same', 'same'), { name: 'BatchEntryIdsNotDistinct' });
  await assert.rejects(sendBatch('not an id'), { name: 'InvalidBatchEntryId' });
});

test('a queue reports its settings and its depth', async () => {
  await send({ MessageBody: 'waiting' });
  await send({ MessageBody: 'delayed', DelaySeconds: 900 });

  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  await assert.rejects(
    sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: JSON.parse('["Nonsense"]') })),
    { name: 'InvalidAttributeName' },
  );

  assert.equal(Attributes?.VisibilityTimeout, '30');
  assert.equal(Attributes?.MessageRetentionPeriod, '345600');
  assert.equal(Attributes?.MaximumMessageSize, '1048576');
  assert.match(Attributes?.ApproximateNumberOfMessages ?? '', /^\d+$/);
});

test('a purge empties a queue, and may not be repeated within a minute', simulatorOnly, async () => {
  await send({ MessageBody: 'waiting' });

  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  await assert.rejects(sqs.send(new PurgeQueueCommand({ QueueUrl })), { name: 'PurgeQueueInProgress' });

  assert.equal(Attributes?.ApproximateNumberOfMessages, '0');
  assert.equal(Attributes?.ApproximateNumberOfMessagesDelayed, '0');
});

test('the error for an unknown queue has its new and its old name', async () => {
  const missing = new SendMessageCommand({ QueueUrl: `${QueueUrl}-no`, MessageBody: 'x' });

  await assert.rejects(sqs.send(missing), {
    name: 'QueueDoesNotExist',
    message: 'The specified queue does not exist.',
    Code: 'AWS.SimpleQueueService.NonExistentQueue',
    Type: 'Sender',
  });
  await assert.rejects(urlOf('no-such-queue'), QueueDoesNotExist);
});

test('parameters that AWS refuses are refused with its codes', async () => {
  const invalid = { Code: 'InvalidParameterValue', Type: 'Sender' };
  const handle = { QueueUrl, ReceiptHandle: 'nonsense' };

  await assert.rejects(send({ MessageBody: 'x'.repeat(1_048_577) }), {
    ...invalid,
    message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
  });
  await assert.rejects(send({ MessageBody: 'x', DelaySeconds: 901 }), invalid);
  await assert.rejects(send({ MessageBody: '' }), { Code: 'MissingParameter' });
  await assert.rejects(send({ MessageBody: '\u0000' }), { name: 'InvalidMessageContents' });
  await assert.rejects(sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 })), invalid);
  await assert.rejects(sqs.send(new DeleteMessageCommand(handle)), ReceiptHandleIsInvalid);
});

test('a role that can only send is refused everything else', simulatorOnly, async () => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const Resource = Attributes?.QueueArn ?? '';
  const credentials = target.gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/sender',
    statements: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource }],
  });
  const sender = new SQSClient({ ...target.client, credentials, maxAttempts: 1 });

  await sender.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'x' }] }));
  await assert.rejects(sender.send(new ReceiveMessageCommand({ QueueUrl })), { Code: 'AccessDenied' });
  sender.destroy();
  await drain();
});

async function urlOf(name: string): Promise<string> {
  const { QueueUrl: url = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
  return url;
}

function sendBatch(...ids: string[]) {
  const Entries = ids.map((Id) => ({ Id, MessageBody: 'x' }));
  return sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
}

function send(input: Partial<SendMessageCommandInput> & { MessageBody: string }) {
  return sqs.send(new SendMessageCommand({ QueueUrl, ...input }));
}

async function receive(input: Partial<ReceiveMessageCommandInput> = {}): Promise<readonly Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10, ...input }),
  );
  return Messages;
}

async function remove(message: Message | undefined): Promise<void> {
  assert.ok(message, 'there is a message');
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
}

/** Removes one message, so that the next test does not see it. */
async function drain(): Promise<void> {
  const [message] = await receive();
  await remove(message);
}

function idsOf(results: readonly { Id?: string | undefined }[] = []): string[] {
  return results.map(({ Id = '' }) => Id).toSorted();
}
