import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { createClock } from '../../simulator/clock.ts';
import { createSns } from '../../simulator/services/sns/sns.ts';
import { answered, startTarget } from './setup.ts';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alarms';

/** Topics are made by templates here: all of this needs the simulator. */
async function acme(t: TestContext, { addresses = ['ana@example.com', 'ben@example.com'] } = {}) {
  const clock = createClock('fast');
  const sns = createSns({ clock, confirmingAddresses: ['ana@example.com'] });
  sns.addTopic({ arn: TOPIC, displayName: 'Voicemail Express' });
  for (const [index, endpoint] of addresses.entries()) {
    sns.subscribe({ topicArn: TOPIC, arn: `${TOPIC}:${index}`, protocol: 'email', endpoint });
  }
  const { client: settings, gateway, close } = await startTarget([sns.service], { clock });
  t.after(close);
  return { clock, settings, gateway, client: new SNSClient(settings) };
}

test('a topic and its subscriptions are listed; one that nobody confirmed has no ARN', async (t) => {
  const { client } = await acme(t);

  const { Topics } = await client.send(new ListTopicsCommand({}));
  const ofTopic = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }));
  const all = await client.send(new ListSubscriptionsCommand({}));

  assert.deepEqual(Topics, [{ TopicArn: TOPIC }]);
  assert.partialDeepStrictEqual(ofTopic.Subscriptions, [
    { SubscriptionArn: `${TOPIC}:0`, Protocol: 'email', Endpoint: 'ana@example.com', TopicArn: TOPIC },
    { SubscriptionArn: 'PendingConfirmation', Endpoint: 'ben@example.com' },
  ]);
  assert.deepEqual(all.Subscriptions, ofTopic.Subscriptions);
});

test('a subscription that nobody confirms is gone after two days', async (t) => {
  const { client, clock } = await acme(t);

  const { Attributes: before } = await client.send(new GetTopicAttributesCommand({ TopicArn: TOPIC }));
  clock.advance(48 * 3_600_000);
  const { Attributes: after } = await client.send(new GetTopicAttributesCommand({ TopicArn: TOPIC }));

  assert.partialDeepStrictEqual(before, {
    DisplayName: 'Voicemail Express',
    SubscriptionsConfirmed: '1',
    SubscriptionsPending: '1',
  });
  assert.equal(after?.['SubscriptionsPending'], '0');
});

test('subscriptions come in pages of a hundred', async (t) => {
  const addresses = Array.from({ length: 101 }, (_, index) => `a${index}@example.com`);
  const { client } = await acme(t, { addresses });
  const page = (NextToken?: string) =>
    client.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC, NextToken }));

  const first = await page();
  const rest = await page(first.NextToken);

  assert.deepEqual([first.Subscriptions?.length, rest.Subscriptions?.length], [100, 1]);
  assert.equal(rest.NextToken, undefined);
  await assert.rejects(page('x'), answered(400, 'InvalidParameterException'));
});

test('a topic that is not there is not found, and one without a permission is not told of', async (t) => {
  const { client, settings, gateway } = await acme(t);
  const credentials = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/nobody',
    statements: [{ Effect: 'Allow', Action: 'sns:ListTopics', Resource: '*' }],
  });
  const denied = new SNSClient({ ...settings, credentials });
  const none = new ListSubscriptionsByTopicCommand({ TopicArn: `${TOPIC}-2` });

  await assert.rejects(client.send(none), answered(404, 'NotFoundException'));
  await denied.send(new ListTopicsCommand({}));
  await assert.rejects(
    denied.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC })),
    answered(403, 'AuthorizationErrorException'),
  );
});

test('nothing is published', async (t) => {
  const { client } = await acme(t);

  await assert.rejects(
    client.send(new PublishCommand({ TopicArn: TOPIC, Message: 'Hi' })),
    answered(501, 'UnknownOperationException'),
  );
});
