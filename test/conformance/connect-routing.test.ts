import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DescribeQueueCommand,
  DescribeRoutingProfileCommand,
  ListFlowAssociationsCommand,
  ListHoursOfOperationsCommand,
  ListPhoneNumbersV2Command,
  ListRoutingProfileQueuesCommand,
  ListRoutingProfilesCommand,
  ListUsersCommand,
  SearchRoutingProfilesCommand,
} from '@aws-sdk/client-connect';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { acme, BILLING, BILLING_ARN, FLOW, INSTANCE, INSTANCE_ARN, NOBODY } from './connect-setup.ts';

const SUPPORT = 'b1b1b1b1-0000-4000-8000-00000000b002';
const VOICE_ONLY = 'e4e4e4e4-0000-4000-8000-00000000e102';
const ANA = 'd4d4d4d4-0000-4000-8000-00000000d001';

/** Ana takes calls and nothing else. */
function withVoiceOnly() {
  const world = laptopWorld();
  return {
    ...world,
    users: world.users.map((user) => (user.id === ANA ? { ...user, routingProfileId: VOICE_ONLY } : user)),
    routingProfiles: [
      {
        id: VOICE_ONLY,
        name: 'Voice only',
        queues: [
          { queueId: BILLING, channels: ['VOICE', 'TASK'] as const },
          { queueId: SUPPORT, channels: ['VOICE'] as const },
        ],
        concurrency: { TASK: 0, CHAT: 0 },
      },
    ],
  };
}

test('users, routing profiles and hours of operation are listed in pages', async (t) => {
  const { client } = await acme(t, { world: withVoiceOnly() });
  const one = { InstanceId: INSTANCE, MaxResults: 1 };

  const users = await client.send(new ListUsersCommand({ ...one, MaxResults: 2 }));
  const otherUsers = await client.send(
    new ListUsersCommand({ InstanceId: INSTANCE, NextToken: users.NextToken }),
  );
  const first = await client.send(new ListRoutingProfilesCommand(one));
  const second = await client.send(new ListRoutingProfilesCommand({ ...one, NextToken: first.NextToken }));
  const hours = await client.send(new ListHoursOfOperationsCommand(one));

  assert.deepEqual([users.UserSummaryList?.length, otherUsers.UserSummaryList?.length], [2, 1]);
  assert.equal(users.UserSummaryList?.[0]?.Username, 'ana.ruiz');
  assert.equal(first.RoutingProfileSummaryList?.[0]?.Name, 'Basic Routing Profile');
  assert.equal(second.RoutingProfileSummaryList?.[0]?.Arn, `${INSTANCE_ARN}/routing-profile/${VOICE_ONLY}`);
  assert.equal(second.NextToken, undefined);
  assert.equal(hours.HoursOfOperationSummaryList?.[0]?.Name, 'Basic Hours');
});

test('a token of another list, and one that is made up, are refused', async (t) => {
  const { client } = await acme(t, { world: withVoiceOnly() });
  const InstanceId = INSTANCE;
  const { NextToken } = await client.send(new ListUsersCommand({ InstanceId, MaxResults: 1 }));

  const refused = { name: 'InvalidParameterException' };
  await assert.rejects(client.send(new ListRoutingProfilesCommand({ InstanceId, NextToken })), refused);
  await assert.rejects(client.send(new ListUsersCommand({ InstanceId, NextToken: '1' })), refused);
  await assert.rejects(client.send(new ListUsersCommand({ InstanceId, MaxResults: 1001 })), refused);
  await assert.rejects(
    client.send(new SearchRoutingProfilesCommand({ InstanceId, NextToken: 'x' })),
    refused,
  );
});

test('a search tells the queues of a routing profile, its agents, and the channels that it takes', async (t) => {
  const { client } = await acme(t, { world: withVoiceOnly() });

  const { RoutingProfiles: found, ApproximateTotalCount } = await client.send(
    new SearchRoutingProfilesCommand({ InstanceId: INSTANCE }),
  );

  assert.equal(ApproximateTotalCount, 2);
  assert.partialDeepStrictEqual(found, [
    { NumberOfAssociatedUsers: 2, NumberOfAssociatedQueues: 2 },
    {
      Name: 'Voice only',
      NumberOfAssociatedUsers: 1,
      AssociatedQueueIds: [BILLING, SUPPORT],
      MediaConcurrencies: [{ Channel: 'VOICE', Concurrency: 1 }],
    },
  ]);
});

test('a routing profile is described without its queues, which are listed by channel', async (t) => {
  const { client } = await acme(t, { world: withVoiceOnly() });
  const asked = { InstanceId: INSTANCE, RoutingProfileId: VOICE_ONLY };

  const { RoutingProfile: profile } = await client.send(new DescribeRoutingProfileCommand(asked));
  const list = (input: object) => client.send(new ListRoutingProfileQueuesCommand({ ...asked, ...input }));
  const first = await list({ MaxResults: 2 });
  const rest = await list({ NextToken: first.NextToken });

  assert.equal(profile?.AssociatedQueueIds, undefined);
  assert.partialDeepStrictEqual(first.RoutingProfileQueueConfigSummaryList, [
    { QueueId: BILLING, QueueArn: BILLING_ARN, QueueName: 'Billing', Channel: 'VOICE' },
    { QueueId: BILLING, Channel: 'TASK' },
  ]);
  assert.equal(rest.RoutingProfileQueueConfigSummaryList?.[0]?.QueueName, 'Support');
  const nobody = { InstanceId: INSTANCE, RoutingProfileId: NOBODY };
  const notFound = { name: 'ResourceNotFoundException' };
  await assert.rejects(client.send(new ListRoutingProfileQueuesCommand(nobody)), notFound);
  await assert.rejects(client.send(new DescribeRoutingProfileCommand(nobody)), notFound);
});

test('a queue says that it is disabled', async (t) => {
  const { queues } = laptopWorld();
  const world = laptopWorld({ queues: queues.map((queue) => ({ ...queue, status: 'DISABLED' })) });
  const { client } = await acme(t, { world });

  const { Queue } = await client.send(new DescribeQueueCommand({ InstanceId: INSTANCE, QueueId: BILLING }));

  assert.equal(Queue?.Status, 'DISABLED');
});

test('numbers are listed in pages, and those that a flow answers with that flow', async (t) => {
  const claimedNumbers = [
    { number: '+15555550100', flow: 'Tasks' },
    { number: '+15555550101', flow: 'a flow that is gone' },
    { number: '+15555550102' },
  ];
  const { client } = await acme(t, { world: laptopWorld({ claimedNumbers }) });
  const numbers = (input: object) => client.send(new ListPhoneNumbersV2Command(input));

  const first = await numbers({ TargetArn: INSTANCE_ARN, MaxResults: 2 });
  const rest = await numbers({ InstanceId: INSTANCE, NextToken: first.NextToken });
  const { FlowAssociationSummaryList: answered } = await client.send(
    new ListFlowAssociationsCommand({ InstanceId: INSTANCE, ResourceType: 'VOICE_PHONE_NUMBER' }),
  );

  assert.equal(first.ListPhoneNumbersSummaryList?.length, 2);
  assert.equal(rest.ListPhoneNumbersSummaryList?.[0]?.PhoneNumber, '+15555550102');
  assert.deepEqual(answered, [
    {
      ResourceId: first.ListPhoneNumbersSummaryList?.[0]?.PhoneNumberArn,
      FlowId: `${INSTANCE_ARN}/contact-flow/${FLOW}`,
      ResourceType: 'VOICE_PHONE_NUMBER',
    },
  ]);
});

test('numbers need a permission on all numbers of the account, and routing profiles one on the instance', async (t) => {
  const { client, clientFor } = await acme(t);
  const numbers = new ListPhoneNumbersV2Command({ TargetArn: INSTANCE_ARN });
  const search = new SearchRoutingProfilesCommand({ InstanceId: INSTANCE });
  const queues = new ListRoutingProfileQueuesCommand({
    InstanceId: INSTANCE,
    RoutingProfileId: (await client.send(search)).RoutingProfiles?.[0]?.RoutingProfileId,
  });
  const allowed = (Action: string, Resource: string) => clientFor([{ Effect: 'Allow', Action, Resource }]);
  const denied = { name: 'AccessDeniedException' };

  await allowed('connect:ListPhoneNumbersV2', 'arn:aws:connect:us-east-1:111122223333:phone-number/*').send(
    numbers,
  );
  await allowed('connect:SearchRoutingProfiles', INSTANCE_ARN).send(search);
  await allowed('connect:ListRoutingProfileQueues', `${INSTANCE_ARN}/routing-profile/*`).send(queues);
  await assert.rejects(allowed('connect:ListPhoneNumbersV2', INSTANCE_ARN).send(numbers), denied);
  await assert.rejects(allowed('connect:ListRoutingProfileQueues', INSTANCE_ARN).send(queues), denied);
});
