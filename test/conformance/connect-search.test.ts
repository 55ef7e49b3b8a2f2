import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  SearchContactFlowsCommand,
  type SearchContactFlowsCommandInput,
  SearchHoursOfOperationsCommand,
  SearchQueuesCommand,
  type QueueSearchCriteria,
  type QueueSearchFilter,
  SearchRoutingProfilesCommand,
  SearchUsersCommand,
  type SearchUsersCommandInput,
  type StringComparisonType,
  type UserSearchCriteria,
  type UserSearchFilter,
} from '@aws-sdk/client-connect';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { acme, BILLING, FLOW, INSTANCE, INSTANCE_ARN } from './connect-setup.ts';

const [ANA, BEN, CHLOE] = laptopWorld().users;
const NIGHT_SHIFT = 'c3c3c3c3-0000-4000-8000-00000000c301';

/** Ana and Ben have tags, Ben is in a group of the hierarchy, and both speak French. */
const WORLD = laptopWorld({
  users: [ANA, BEN, CHLOE]
    .flatMap((user) => user ?? [])
    .map((user) => ({
      ...user,
      ...(user.id === ANA?.id && {
        tags: { team: 'billing', floor: '1' },
        proficiencies: [{ name: 'language', value: 'French', level: 2 }],
      }),
      ...(user.id === BEN?.id && {
        tags: { team: 'support' },
        hierarchyGroupId: NIGHT_SHIFT,
        proficiencies: [
          { name: 'language', value: 'French', level: 5 },
          { name: 'language', value: 'Dutch', level: 1 },
        ],
      }),
    })),
});

const invalid = { name: 'InvalidParameterException' };

function text(FieldName: string, Value: string, ComparisonType: StringComparisonType = 'EXACT') {
  return { StringCondition: { FieldName, Value, ComparisonType } };
}

test('agents are found by conditions within AND and OR', async (t) => {
  const { client } = await acme(t, { world: WORLD });
  const names = async (SearchCriteria?: UserSearchCriteria, SearchFilter?: UserSearchFilter) => {
    const command = new SearchUsersCommand({ InstanceId: INSTANCE, SearchCriteria, SearchFilter });
    return (await client.send(command)).Users?.map(({ Username }) => Username?.replace(/[.@].*/, ''));
  };
  const ana = text('Username', 'ana', 'STARTS_WITH');
  const ben = text('FirstName', 'Ben');
  const french = (limit: number) => ({
    ListCondition: {
      TargetListType: 'PROFICIENCIES' as const,
      Conditions: [
        text('name', 'language'),
        text('value', 'French'),
        {
          NumberCondition: {
            FieldName: 'limit',
            MinValue: limit,
            ComparisonType: 'GREATER_OR_EQUAL' as const,
          },
        },
      ],
    },
  });
  const nightShift = { Value: NIGHT_SHIFT, HierarchyGroupMatchType: 'EXACT' } as const;

  assert.deepEqual(await names({ OrConditions: [ana, ben] }), ['ana', 'ben']);
  assert.deepEqual(await names({ AndConditions: [ana, ben] }), []);
  assert.deepEqual(await names({ AndConditions: [{ OrConditions: [ana, ben] }, french(3)] }), ['ben']);
  assert.deepEqual(await names(french(1)), ['ana', 'ben']);
  assert.deepEqual(await names({ HierarchyGroupCondition: nightShift }), ['ben']);
  assert.deepEqual(await names(text('resourceId', CHLOE?.id ?? '')), ['chloe']);
  assert.deepEqual(await names(undefined, { TagFilter: { TagCondition: { TagKey: 'team' } } }), [
    'ana',
    'ben',
  ]);
  assert.deepEqual(
    await names(undefined, {
      TagFilter: { OrConditions: [[team('billing'), { TagKey: 'floor', TagValue: '2' }]] },
    }),
    [],
  );
  const eitherSet = [{ TagConditions: [team('billing')] }, { HierarchyGroupCondition: nightShift }];
  assert.deepEqual(await names(undefined, { UserAttributeFilter: { OrConditions: eitherSet } }), [
    'ana',
    'ben',
  ]);
  await assert.rejects(names(text('Email', 'ana')), invalid);
  const two = { TagCondition: team('billing'), HierarchyGroupCondition: nightShift };
  await assert.rejects(names(undefined, { UserAttributeFilter: two }), invalid);
});

test('queues are found by tags, and by a part of the name that has 2 to 25 characters', async (t) => {
  const { client } = await acme(t);
  const ids = async (SearchCriteria?: QueueSearchCriteria, SearchFilter?: QueueSearchFilter) => {
    const command = new SearchQueuesCommand({ InstanceId: INSTANCE, SearchCriteria, SearchFilter });
    return (await client.send(command)).Queues?.map(({ QueueId }) => QueueId);
  };

  assert.deepEqual(await ids(text('name', 'ill', 'CONTAINS')), [BILLING]);
  assert.deepEqual(await ids({}, { TagFilter: { AndConditions: [{ TagKey: 'vmx3_queue_email' }] } }), [
    BILLING,
  ]);
  await assert.rejects(ids(text('name', 'B', 'CONTAINS')), invalid);
});

test('flows are found by name, type and state', async (t) => {
  const { client, connect, clientFor } = await acme(t);
  const found = async (input: Partial<SearchContactFlowsCommandInput>) =>
    client.send(new SearchContactFlowsCommand({ InstanceId: INSTANCE, ...input }));
  const counted = async (SearchCriteria: SearchContactFlowsCommandInput['SearchCriteria']) =>
    (await found({ SearchCriteria })).ApproximateTotalCount;

  const { ContactFlows } = await found({ SearchCriteria: text('name', 'Tasks') });
  const byType = await counted({ TypeCondition: 'CONTACT_FLOW', StatusCondition: 'PUBLISHED' });
  connect.flows.archive(FLOW);

  assert.partialDeepStrictEqual(ContactFlows, [{ Id: FLOW, Arn: `${INSTANCE_ARN}/contact-flow/${FLOW}` }]);
  assert.equal(byType, 1);
  assert.deepEqual(
    [await counted({ StateCondition: 'ACTIVE' }), await counted({ StateCondition: 'ARCHIVED' })],
    [0, 1],
  );
  const ContactFlowTypeCondition = { ContactFlowType: 'AGENT_WHISPER' } as const;
  const none = await found({ SearchFilter: { FlowAttributeFilter: { ContactFlowTypeCondition } } });
  assert.equal(none.ApproximateTotalCount, 0);
  await assert.rejects(found({ NextToken: 'x' }), invalid);
  const other = clientFor([{ Effect: 'Allow', Action: 'connect:SearchUsers', Resource: INSTANCE_ARN }]);
  const search = new SearchContactFlowsCommand({ InstanceId: INSTANCE });
  await assert.rejects(other.send(search), { name: 'AccessDeniedException' });
});

test('routing profiles are found by their queues, hours of operation by their time zone', async (t) => {
  const { client } = await acme(t);

  const profiles = await client.send(
    new SearchRoutingProfilesCommand({
      InstanceId: INSTANCE,
      SearchCriteria: text('associatedQueueIds', BILLING),
    }),
  );
  const hours = await client.send(
    new SearchHoursOfOperationsCommand({ InstanceId: INSTANCE, SearchCriteria: text('timezone', 'UTC') }),
  );

  assert.equal(profiles.RoutingProfiles?.length, 1);
  assert.partialDeepStrictEqual(hours.HoursOfOperations, [{ TimeZone: 'UTC' }]);
  assert.equal(hours.HoursOfOperations?.[0]?.Config?.length, 7);
});

test('pages of a search are no more than allowed', async (t) => {
  const { client } = await acme(t);
  const page = (input: Partial<SearchUsersCommandInput>) =>
    client.send(new SearchUsersCommand({ InstanceId: INSTANCE, ...input }));

  const { NextToken } = await page({ MaxResults: 1 });

  assert.equal((await page({ MaxResults: 1, NextToken })).Users?.[0]?.Id, BEN?.id);
  await assert.rejects(page({ MaxResults: 501 }), invalid);
  await assert.rejects(page({ NextToken: '1' }), invalid);
});

const team = (TagValue: string) => ({ TagKey: 'team', TagValue });
