import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  CancelMessageMoveTaskCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createSqs, type SimulatedSqs } from '../../simulator/services/sqs/sqs.ts';
import { answered, simulatorOnly, startTarget, type Target } from './setup.ts';

const ARN = 'arn:aws:sqs:us-east-1:111122223333';
const DEAD_LETTERS = `${ARN}:b-deadletters`;

const clock = createClock('real');
let simulated: SimulatedSqs;
let target: Target;
let sqs: SQSClient;

before(async () => {
  const happenings = createHappenings();
  simulated = createSqs({ clock, happenings, baseUrl: () => target.gateway.endpoint });
  simulated.createQueue({ name: 'b-deadletters', arn: DEAD_LETTERS });
  for (const name of ['a-work', 'c-work']) {
    const redrive = { deadLetterArn: DEAD_LETTERS, maxReceiveCount: 1 };
    simulated.createQueue({ name, arn: `${ARN}:${name}`, redrive });
  }
  target = await startTarget([simulated.service], { clock, happenings });
  sqs = new SQSClient({ ...target.client, maxAttempts: 1 });
});

after(async () => {
  sqs.destroy();
  await target.close();
});

const urlOf = (name: string) => simulated.queueUrl(`${ARN}:${name}`);

async function attributesOf(name: string) {
  const command = new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ['All'] });
  return (await sqs.send(command)).Attributes;
}

const list = (MaxResults?: number, NextToken?: string, QueueNamePrefix?: string) =>
  sqs.send(new ListQueuesCommand({ MaxResults, NextToken, QueueNamePrefix }));

test('queues are listed by name and by what names begin with, in pages', simulatorOnly, async () => {
  const first = await list(2);
  const second = await list(2, first.NextToken);

  assert.deepEqual(first.QueueUrls, [urlOf('a-work'), urlOf('b-deadletters')]);
  assert.deepEqual([second.QueueUrls, second.NextToken], [[urlOf('c-work')], undefined]);
  assert.deepEqual((await list(undefined, undefined, 'c')).QueueUrls, [urlOf('c-work')]);
  assert.equal((await list(undefined, undefined, 'nothing')).QueueUrls, undefined);
  await assert.rejects(list(2, 'nonsense'), /NextToken/);
});

test('a dead-letter queue names the queues whose dead letters it gets', simulatorOnly, async () => {
  const sources = (name: string, MaxResults?: number, NextToken?: string) =>
    sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: urlOf(name), MaxResults, NextToken }));

  const first = await sources('b-deadletters', 1);
  const second = await sources('b-deadletters', 1, first.NextToken);

  assert.deepEqual([first.queueUrls, second.queueUrls], [[urlOf('a-work')], [urlOf('c-work')]]);
  assert.deepEqual((await sources('a-work')).queueUrls, []);
});

test('tags of a queue are added, listed and removed', simulatorOnly, async () => {
  const QueueUrl = urlOf('a-work');
  await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'voice', cost: '42' } }));
  await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['cost', 'unknown'] }));

  assert.deepEqual((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags, { team: 'voice' });
  const untagged = await sqs.send(new ListQueueTagsCommand({ QueueUrl: urlOf('c-work') }));
  assert.equal(untagged.Tags, undefined);
});

test('a queue shows a policy only if it has one', simulatorOnly, async () => {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  simulated.setPolicy(`${ARN}:c-work`, policy);

  assert.equal((await attributesOf('c-work'))?.['Policy'], policy);
  assert.ok(!('Policy' in ((await attributesOf('a-work')) ?? {})));
});

const set = (Attributes: Record<string, string>, name = 'c-work') =>
  sqs.send(new SetQueueAttributesCommand({ QueueUrl: urlOf(name), Attributes }));

test(
  'times of a queue are changed, and what is out of range or not simulated is refused',
  simulatorOnly,
  async () => {
    await set({ VisibilityTimeout: '77', MessageRetentionPeriod: '600' });

    assert.partialDeepStrictEqual(await attributesOf('c-work'), {
      VisibilityTimeout: '77',
      MessageRetentionPeriod: '600',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DEAD_LETTERS, maxReceiveCount: 1 }),
    });
    await assert.rejects(set({ VisibilityTimeout: '43201' }), { name: 'InvalidAttributeValue' });
    await assert.rejects(set({ Colour: 'blue' }), { name: 'InvalidAttributeName' });
    await assert.rejects(set({ FifoQueue: 'true' }), /does not set the attribute FifoQueue/);
    const nowhere = JSON.stringify({ deadLetterTargetArn: `${ARN}:nowhere`, maxReceiveCount: 3 });
    await assert.rejects(set({ RedrivePolicy: nowhere }), /Dead letter target does not exist/);
  },
);

test('a queue is made once, and again only with the same settings', simulatorOnly, async () => {
  const create = (VisibilityTimeout: string) =>
    sqs.send(new CreateQueueCommand({ QueueName: 'made', Attributes: { VisibilityTimeout } }));

  const { QueueUrl } = await create('60');

  assert.equal((await create('60')).QueueUrl, QueueUrl);
  await assert.rejects(create('61'), { name: 'QueueNameExists' });
  await assert.rejects(sqs.send(new CreateQueueCommand({ QueueName: 'not a name' })), /alphanumeric/);
});

test('a redrive is cancelled, and the rest stays', simulatorOnly, async () => {
  for (const body of ['one', 'two']) {
    simulated.send(`${ARN}:a-work`, body);
  }
  simulated.receive(`${ARN}:a-work`, 10, 0);
  simulated.receive(`${ARN}:a-work`, 10, 0);
  const start = new StartMessageMoveTaskCommand({ SourceArn: DEAD_LETTERS, MaxNumberOfMessagesPerSecond: 1 });
  const { TaskHandle } = await sqs.send(start);
  const cancel = () => sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
  const arn = 'arn:aws:iam::111122223333:role/reader';
  const credentials = target.gateway.identities.addRole({ arn, statements: [] });
  const stranger = new SQSClient({ ...target.client, credentials, maxAttempts: 1 });

  const refused = stranger.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
  await assert.rejects(refused, /not authorized to perform: sqs:CancelMessageMoveTask/);
  stranger.destroy();
  const { ApproximateNumberOfMessagesMoved: moved = -1 } = await cancel();

  assert.ok(moved <= 1, String(moved));
  const tasks = new ListMessageMoveTasksCommand({ SourceArn: DEAD_LETTERS });
  assert.equal((await sqs.send(tasks)).Results?.[0]?.Status, 'CANCELLED');
  assert.equal(simulated.messages(DEAD_LETTERS).length, 2 - moved);
  await assert.rejects(cancel(), answered(404, 'ResourceNotFoundException'));
  const nonsense = new CancelMessageMoveTaskCommand({ TaskHandle: 'nonsense' });
  await assert.rejects(sqs.send(nonsense), /TaskHandle is invalid/);
});
