import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { startTestStack } from './stack.fixture.ts';

test('a topic of a stack has its policy and its subscriptions, and some addresses confirm', async (t) => {
  const Topic = { Ref: 'Alarms' };
  const subscribe = (Endpoint: string) => ({
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: Topic, Protocol: 'email', Endpoint },
  });
  const simulator = await startTestStack(
    t,
    {
      resources: {
        First: subscribe('ana@example.com'),
        Second: subscribe('ben@example.com'),
        Alarms: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'Acme' } },
        Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { PolicyDocument: {}, Topics: [Topic] } },
      },
      outputs: { Topic: { Value: Topic } },
    },
    { state: { confirmingAddresses: ['ben@example.com'] } },
  );
  const { endpoint, credentials, deployment } = simulator;
  const sns = new SNSClient({ endpoint, credentials, region: 'us-east-1' });
  const TopicArn = deployment.outputs['Topic'];

  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));

  assert.partialDeepStrictEqual(Attributes, { DisplayName: 'Acme', Policy: '{}' });
  assert.deepEqual(
    Subscriptions.map(({ SubscriptionArn = '', Endpoint }) => [
      Endpoint,
      SubscriptionArn.startsWith(`${TopicArn}:`),
    ]),
    [
      ['ana@example.com', false],
      ['ben@example.com', true],
    ],
  );
});
