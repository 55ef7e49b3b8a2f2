import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  ListAWSDefaultServiceQuotasCommand,
  ListServiceQuotasCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { GetSubscriptionAttributesCommand, ListTagsForResourceCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  DescribeParametersCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { createClock } from '../../simulator/clock.ts';
import { createServiceQuotas } from '../../simulator/services/service-quotas/service-quotas.ts';
import { createSns } from '../../simulator/services/sns/sns.ts';
import { createSsm } from '../../simulator/services/ssm/ssm.ts';
import { simulatorOnly, startTarget } from './setup.ts';

const NAME = '/cdk-bootstrap/hnb659fds/version';
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alarms';
const LAMBDA = { ServiceCode: 'lambda' };

const clock = createClock('real');
const ssm = createSsm({ clock, bootstrap: { version: 30 } });
const quotas = createServiceQuotas({
  quotas: [{ serviceCode: 'lambda', quotaCode: 'L-B99A9384', quotaName: 'Concurrent executions', value: 10 }],
});
const sns = createSns({ clock, confirmingAddresses: ['ana@example.com'] });
sns.addTopic({ arn: TOPIC, displayName: 'Acme', tags: { part: 'alarms' } });
for (const [index, endpoint] of ['ana@example.com', 'ben@example.com'].entries()) {
  sns.subscribe({ topicArn: TOPIC, arn: `${TOPIC}:${index}`, protocol: 'email', endpoint });
}
const services = [ssm.service, quotas.service, sns.service];
const { client: settings, gateway, close } = await startTarget(services, { clock });
after(close);

const arn = 'arn:aws:iam::111122223333:role/nobody';
const nobody = () => ({ ...settings, credentials: gateway.identities.addRole({ arn, statements: [] }) });

test('parameters are read by names and by path, and described without values', simulatorOnly, async () => {
  const client = new SSMClient(settings);

  const named = await client.send(new GetParametersCommand({ Names: [NAME, 'none'] }));
  const below = await client.send(
    new GetParametersByPathCommand({ Path: '/cdk-bootstrap', Recursive: true }),
  );
  const beside = await client.send(new GetParametersByPathCommand({ Path: '/cdk-bootstrap' }));
  const described = await client.send(new DescribeParametersCommand({}));

  assert.deepEqual([named.Parameters?.[0]?.Value, named.InvalidParameters], ['30', ['none']]);
  assert.equal(below.Parameters?.[0]?.Name, NAME);
  assert.deepEqual(beside.Parameters, []);
  assert.partialDeepStrictEqual(described.Parameters, [{ Name: NAME, Type: 'String', Tier: 'Standard' }]);
  assert.equal('Value' in (described.Parameters?.[0] ?? {}), false);
  await assert.rejects(client.send(new DescribeParametersCommand({ NextToken: 'none' })), {
    name: 'InvalidNextToken',
  });
  const refused = new SSMClient(nobody());
  await assert.rejects(refused.send(new GetParametersCommand({ Names: [NAME] })), {
    name: 'AccessDeniedException',
  });
  await assert.rejects(refused.send(new DescribeParametersCommand({})), { name: 'AccessDeniedException' });
});

test('quotas of a service are listed, for the account and for everybody', simulatorOnly, async () => {
  const client = new ServiceQuotasClient(settings);

  const applied = await client.send(new ListServiceQuotasCommand(LAMBDA));
  const defaults = await client.send(new ListAWSDefaultServiceQuotasCommand(LAMBDA));
  const first = await client.send(new ListServiceQuotasCommand({ ServiceCode: 'connect', MaxResults: 1 }));

  assert.deepEqual([applied.Quotas?.length, applied.Quotas?.[0]?.Value], [1, 10]);
  assert.equal(defaults.Quotas?.[0]?.Value, 1000);
  assert.equal(first.Quotas?.length, 1);
  const { NextToken } = first;
  await assert.rejects(client.send(new ListServiceQuotasCommand({ ...LAMBDA, NextToken })), {
    name: 'InvalidPaginationTokenException',
  });
  await assert.rejects(client.send(new ListServiceQuotasCommand({ ServiceCode: 'none' })), {
    name: 'NoSuchResourceException',
  });
  await assert.rejects(new ServiceQuotasClient(nobody()).send(new ListServiceQuotasCommand(LAMBDA)), {
    name: 'AccessDeniedException',
  });
});

test('a topic has tags, and a subscription that is confirmed has attributes', simulatorOnly, async () => {
  const client = new SNSClient(settings);
  const subscription = (index: number) =>
    new GetSubscriptionAttributesCommand({ SubscriptionArn: `${TOPIC}:${index}` });

  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: TOPIC }));
  const { Attributes } = await client.send(subscription(0));

  assert.deepEqual(Tags, [{ Key: 'part', Value: 'alarms' }]);
  assert.partialDeepStrictEqual(Attributes, { Endpoint: 'ana@example.com', PendingConfirmation: 'false' });
  await assert.rejects(client.send(subscription(1)), { name: 'NotFoundException' });
  await assert.rejects(client.send(new ListTagsForResourceCommand({ ResourceArn: `${TOPIC}s` })), {
    name: 'ResourceNotFoundException',
  });
  await assert.rejects(new SNSClient(nobody()).send(subscription(0)), {
    name: 'AuthorizationErrorException',
  });
});
