import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  SearchContactsCommand,
  type SearchContactsCommandInput,
  type SearchCriteria,
} from '@aws-sdk/client-connect';
import { acme, ANA, BILLING, BILLING_ARN, INSTANCE, INSTANCE_ARN, NOBODY } from './connect-setup.ts';

const HOUR_MS = 3_600_000;

/** A call that left a voicemail, and the two tasks of it; an agent has the second one. */
async function afternoon(t: Parameters<typeof acme>[0]) {
  const there = await acme(t);
  const { call, clock, client, connect, start } = there;
  const callId = await call();
  await clock.sleep(1000);
  const first = await start({ Name: 'Voicemail for Billing', PreviousContactId: callId });
  await clock.sleep(1000);
  const second = await start({
    Name: 'Complaint',
    Attributes: { vmx3_queue_arn: BILLING_ARN, urgent: 'yes' },
  });
  const ana = connect.agent('ana.ruiz');
  ana.become('Available');
  await ana.accept(second.ContactId ?? '');
  const now = clock.now();
  const ask = (input: Partial<SearchContactsCommandInput> = {}) =>
    client.send(
      new SearchContactsCommand({
        InstanceId: INSTANCE,
        TimeRange: {
          Type: 'INITIATION_TIMESTAMP',
          StartTime: new Date(now - HOUR_MS),
          EndTime: new Date(now + HOUR_MS),
        },
        ...input,
      }),
    );
  const idsOf = async (SearchCriteria: SearchCriteria) =>
    (await ask({ SearchCriteria })).Contacts?.map(({ Id }) => Id);
  return { ...there, ask, idsOf, callId, firstId: first.ContactId, secondId: second.ContactId };
}

test('contacts are found by time, the newest first, and sorted as asked', async (t) => {
  const { ask, callId, firstId, secondId } = await afternoon(t);

  const { Contacts = [], TotalCount } = await ask();
  const sorted = await ask({ Sort: { FieldName: 'CHANNEL', Order: 'DESCENDING' } });
  const byAgent = await ask({ Sort: { FieldName: 'CONNECTED_TO_AGENT_TIMESTAMP', Order: 'ASCENDING' } });

  assert.deepEqual(
    Contacts.map(({ Id }) => Id),
    [secondId, firstId, callId],
  );
  assert.equal(TotalCount, 3);
  assert.partialDeepStrictEqual(Contacts[0], {
    Arn: `${INSTANCE_ARN}/contact/${secondId}`,
    Name: 'Complaint',
    Channel: 'TASK',
    InitiationMethod: 'API',
    QueueInfo: { Id: BILLING },
    AgentInfo: { Id: ANA },
  });
  assert.ok(Contacts[2]?.DisconnectTimestamp instanceof Date);
  assert.equal(sorted.Contacts?.[0]?.Id, callId);
  assert.equal(byAgent.Contacts?.[0]?.Id, secondId);
});

test('contacts are found by channel, queue, agent, initiation method, name and attributes', async (t) => {
  const { idsOf, callId, firstId, secondId } = await afternoon(t);

  assert.deepEqual(await idsOf({ Channels: ['VOICE'] }), [callId]);
  assert.deepEqual(await idsOf({ QueueIds: [BILLING] }), [secondId, firstId]);
  assert.deepEqual(await idsOf({ AgentIds: [ANA], Channels: ['TASK'] }), [secondId]);
  assert.deepEqual(await idsOf({ InitiationMethods: ['INBOUND'] }), [callId]);
  assert.deepEqual(await idsOf({ Name: { SearchText: ['voicemail', 'billing'], MatchType: 'MATCH_ALL' } }), [
    firstId,
  ]);
  assert.deepEqual(await idsOf({ Name: { SearchText: ['voicemail'], MatchType: 'MATCH_EXACT' } }), []);
  assert.deepEqual(await idsOf(byAttributes('MATCH_ALL')), [secondId]);
  assert.deepEqual(await idsOf(byAttributes('MATCH_NONE')), []);
  assert.deepEqual(
    await idsOf({
      SearchableSegmentAttributes: { Criteria: [{ Key: 'connect:Subtype', Values: ['connect:Telephony'] }] },
    }),
    [callId],
  );
  const NOT_EXISTS = { Type: 'ENQUEUE_TIMESTAMP', ConditionType: 'NOT_EXISTS' } as const;
  const Criteria = [{ TimestampCondition: NOT_EXISTS }];
  assert.deepEqual(await idsOf({ AdditionalTimeRange: { Criteria, MatchType: 'MATCH_ALL' } }), [callId]);
  assert.deepEqual(await idsOf({ ContactTags: { TagCondition: { TagKey: 'aws:connect:systemEndpoint' } } }), [
    callId,
  ]);
});

test('a call that has not ended is not found, a task is', async (t) => {
  const { ask, connect, start } = await afternoon(t);
  const before = (await ask()).TotalCount;

  const { hangUp, ended } = connect.placeCall({ from: '+15555550142', audio: new Int16Array(80_000) });
  const during = (await ask()).TotalCount;
  hangUp();
  await ended;
  const after = (await ask()).TotalCount;
  await start({});

  assert.deepEqual([before, during, after, (await ask()).TotalCount], [3, 3, 4, 5]);
});

test('contacts come in pages, and tokens of other lists, wrong ranges and other instances are refused', async (t) => {
  const { ask, firstId } = await afternoon(t);
  const invalid = { name: 'InvalidParameterException' };

  const first = await ask({ MaxResults: 1 });
  const second = await ask({ MaxResults: 1, NextToken: first.NextToken });

  assert.deepEqual([second.Contacts?.[0]?.Id, second.TotalCount], [firstId, 3]);
  await assert.rejects(ask({ NextToken: 'x' }), invalid);
  await assert.rejects(ask({ MaxResults: 101 }), invalid);
  const TimeRange = {
    Type: 'DISCONNECT_TIMESTAMP',
    StartTime: new Date(2000),
    EndTime: new Date(1000),
  } as const;
  await assert.rejects(ask({ TimeRange }), invalid);
  await assert.rejects(ask({ SearchCriteria: { AgentHierarchyGroups: { L1Ids: [NOBODY] } } }), invalid);
  await assert.rejects(ask({ InstanceId: NOBODY }), { name: 'ResourceNotFoundException' });
});

test('searching needs a permission on the instance, and for attributes the one to read them', async (t) => {
  const { clientFor, clock } = await acme(t);
  const now = new Date(clock.now());
  const search = (SearchCriteria: SearchCriteria) =>
    new SearchContactsCommand({
      InstanceId: INSTANCE,
      TimeRange: { Type: 'INITIATION_TIMESTAMP', StartTime: now, EndTime: now },
      SearchCriteria,
    });
  const byAttribute = search({
    SearchableContactAttributes: { Criteria: [{ Key: 'urgent', Values: ['yes'] }] },
  });
  const onInstance = { Effect: 'Allow', Action: 'connect:SearchContacts', Resource: INSTANCE_ARN } as const;
  const onContacts = {
    Effect: 'Allow',
    Action: 'connect:GetContactAttributes',
    Resource: `${INSTANCE_ARN}/contact/*`,
  } as const;
  const denied = { name: 'AccessDeniedException' };

  await clientFor([onInstance]).send(search({}));
  await clientFor([onInstance, onContacts]).send(byAttribute);
  await assert.rejects(clientFor([onInstance]).send(byAttribute), denied);
  await assert.rejects(clientFor([onContacts]).send(search({})), denied);
});

const byAttributes = (MatchType: 'MATCH_ALL' | 'MATCH_ANY' | 'MATCH_NONE') => ({
  SearchableContactAttributes: {
    Criteria: [
      { Key: 'urgent', Values: ['yes', 'very'] },
      { Key: 'vmx3_queue_arn', Values: [BILLING_ARN] },
    ],
    MatchType,
  },
});
