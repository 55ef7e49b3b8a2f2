import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DescribeHoursOfOperationCommand,
  DescribeInstanceCommand,
  DescribeQueueCommand,
  SearchQueuesCommand,
  type SearchQueuesCommandInput,
  SearchUsersCommand,
  type SearchUsersCommandInput,
} from '@aws-sdk/client-connect';
import { acme, ANA, BILLING, INSTANCE, INSTANCE_ARN, NOBODY } from './connect-setup.ts';

test('the instance is described, and another one is not found', async (t) => {
  const { client } = await acme(t);

  const { Instance } = await client.send(new DescribeInstanceCommand({ InstanceId: INSTANCE }));

  assert.partialDeepStrictEqual(Instance, { Id: INSTANCE, Arn: INSTANCE_ARN, InstanceAlias: 'acme' });
  const other = client.send(new DescribeInstanceCommand({ InstanceId: NOBODY }));
  await assert.rejects(other, { name: 'ResourceNotFoundException' });
});

test('a queue names its hours of operation, and those their time zone and week', async (t) => {
  const { client } = await acme(t);
  const { Queue } = await client.send(new DescribeQueueCommand({ InstanceId: INSTANCE, QueueId: BILLING }));

  const { HoursOfOperation: hours } = await client.send(
    new DescribeHoursOfOperationCommand({
      InstanceId: INSTANCE_ARN,
      HoursOfOperationId: Queue?.HoursOfOperationId,
    }),
  );

  assert.equal(hours?.HoursOfOperationArn, `${INSTANCE_ARN}/operating-hours/${Queue?.HoursOfOperationId}`);
  assert.equal(hours?.TimeZone, 'UTC');
  assert.equal(hours?.Config?.length, 7);
  assert.deepEqual(hours?.Config?.[0]?.StartTime, { Hours: 0, Minutes: 0 });
});

test('hours of operation that do not exist are not found', async (t) => {
  const { client } = await acme(t);
  const command = new DescribeHoursOfOperationCommand({ InstanceId: INSTANCE, HoursOfOperationId: NOBODY });

  await assert.rejects(client.send(command), { name: 'ResourceNotFoundException' });
});

test('an agent is found by user name, with names and without an address', async (t) => {
  const { client } = await acme(t);
  const search = async (Value: string, ComparisonType: 'EXACT' | 'STARTS_WITH' = 'EXACT') => {
    const StringCondition = { FieldName: 'Username', Value, ComparisonType } as const;
    const SearchCriteria = { StringCondition };
    const command = new SearchUsersCommand({ InstanceId: INSTANCE, SearchCriteria, MaxResults: 1 });
    return (await client.send(command)).Users ?? [];
  };

  const [ana, ...others] = await search('ana.ruiz');

  assert.deepEqual(others, []);
  assert.equal(ana?.Id, ANA);
  assert.equal(ana?.Arn, `${INSTANCE_ARN}/agent/${ANA}`);
  assert.deepEqual(ana?.IdentityInfo, { FirstName: 'Ana', LastName: 'Ruiz' });
  assert.deepEqual(await search('ana'), []);
  assert.equal((await search('ana', 'STARTS_WITH'))[0]?.Id, ANA);
});

test('agents are found in pages', async (t) => {
  const { client } = await acme(t);
  const page = (input: Partial<SearchUsersCommandInput>) =>
    client.send(new SearchUsersCommand({ InstanceId: INSTANCE, ...input }));

  const first = await page({ MaxResults: 2 });
  const rest = await page({ NextToken: first.NextToken });

  assert.deepEqual([first.Users?.length, first.ApproximateTotalCount], [2, 3]);
  assert.deepEqual([rest.Users?.length, rest.NextToken], [1, undefined]);
});

test('hours need a permission on themselves, searching users one on the instance', async (t) => {
  const { client, clientFor } = await acme(t);
  const { Queue } = await client.send(new DescribeQueueCommand({ InstanceId: INSTANCE, QueueId: BILLING }));
  const HoursOfOperationId = Queue?.HoursOfOperationId;
  const hours = new DescribeHoursOfOperationCommand({ InstanceId: INSTANCE, HoursOfOperationId });
  const search = new SearchUsersCommand({ InstanceId: INSTANCE });
  const allowed = (Action: string, Resource: string) => clientFor([{ Effect: 'Allow', Action, Resource }]);
  const denied = { name: 'AccessDeniedException' };

  await allowed('connect:DescribeHoursOfOperation', `${INSTANCE_ARN}/operating-hours/*`).send(hours);
  await allowed('connect:SearchUsers', INSTANCE_ARN).send(search);
  await assert.rejects(allowed('connect:DescribeHoursOfOperation', INSTANCE_ARN).send(hours), denied);
  await assert.rejects(allowed('connect:SearchUsers', `${INSTANCE_ARN}/agent/*`).send(search), denied);
});

test('queues are found with their tags, in pages and by name', async (t) => {
  const { client, clientFor } = await acme(t);
  const page = (input: Partial<SearchQueuesCommandInput>) =>
    client.send(new SearchQueuesCommand({ InstanceId: INSTANCE, ...input }));
  const StringCondition = { FieldName: 'name', Value: 'Supp', ComparisonType: 'STARTS_WITH' } as const;

  const first = await page({ MaxResults: 1, SearchCriteria: { QueueTypeCondition: 'STANDARD' } });
  const rest = await page({ NextToken: first.NextToken });
  const named = await page({ SearchCriteria: { StringCondition } });

  assert.partialDeepStrictEqual(first, {
    Queues: [{ QueueId: BILLING, Status: 'ENABLED', Tags: { vmx3_queue_email: 'billing@example.com' } }],
    ApproximateTotalCount: 2,
  });
  assert.deepEqual([rest.Queues?.length, rest.NextToken], [1, undefined]);
  assert.deepEqual(
    named.Queues?.map(({ Name }) => Name),
    ['Support'],
  );
  await assert.rejects(page({ NextToken: 'x' }), { name: 'InvalidParameterException' });
  const search = new SearchQueuesCommand({ InstanceId: INSTANCE });
  const denied = clientFor([{ Effect: 'Allow', Action: 'connect:SearchUsers', Resource: INSTANCE_ARN }]);
  await assert.rejects(denied.send(search), { name: 'AccessDeniedException' });
});
