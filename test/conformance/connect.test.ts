import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ContactNotFoundException,
  DescribeContactCommand,
  DescribeQueueCommand,
  DescribeUserCommand,
  GetContactAttributesCommand,
  ListContactReferencesCommand,
  ListQueuesCommand,
  StopContactCommand,
  TagContactCommand,
  UpdateContactAttributesCommand,
} from '@aws-sdk/client-connect';
import { acme, ANA, BILLING, BILLING_ARN, INSTANCE, INSTANCE_ARN, NOBODY } from './connect-setup.ts';

test('a contact that has ended is reported again when its attributes change', async (t) => {
  const { client, call, records } = await acme(t);
  const callId = await call();

  await client.send(
    new UpdateContactAttributesCommand({
      InstanceId: INSTANCE,
      InitialContactId: callId,
      Attributes: { vmx3_flag: '0', note: 'kept' },
    }),
  );
  await records.until(2);

  const [first, second] = records.all.map((record): unknown => JSON.parse(record));
  assert.match(JSON.stringify(first), /"vmx3_flag":"1"/);
  assert.match(JSON.stringify(second), /"note":"kept".*"vmx3_flag":"0"|"vmx3_flag":"0".*"note":"kept"/);
  assert.match(JSON.stringify(second), new RegExp(`"ContactId":"${callId}"`));
});

test('attributes can have 32,768 bytes after merging, or nothing is merged', async (t) => {
  const { client, call, attributesOf } = await acme(t);
  const callId = await call();
  const update = (Attributes: Record<string, string>) =>
    client.send(
      new UpdateContactAttributesCommand({ InstanceId: INSTANCE, InitialContactId: callId, Attributes }),
    );

  await update({ a: 'x'.repeat(20_000) });
  await assert.rejects(update({ b: 'x'.repeat(20_000), vmx3_flag: '0' }), {
    name: 'InvalidRequestException',
  });

  assert.equal((await attributesOf(callId))['vmx3_flag'], '1');
});

test('an unknown contact has no attributes to read or to change', async (t) => {
  const { client } = await acme(t);
  const unknown = { InstanceId: INSTANCE, InitialContactId: NOBODY };
  const notFound = { name: 'ResourceNotFoundException', $fault: 'client' };

  await assert.rejects(client.send(new GetContactAttributesCommand(unknown)), notFound);
  await assert.rejects(
    client.send(new UpdateContactAttributesCommand({ ...unknown, Attributes: {} })),
    notFound,
  );
});

test('a task that is stopped ends, and a second stop finds it gone', async (t) => {
  const { client, start, connect, records } = await acme(t);
  const { ContactId } = await start({});
  const stop = () => client.send(new StopContactCommand({ InstanceId: INSTANCE, ContactId }));

  await stop();
  await records.until(1);

  assert.ok(connect.tasks()[0]?.endedAtMs);
  assert.match(records.all[0] ?? '', /"Channel":"TASK".*"DisconnectReason":"API"/);
  await assert.rejects(stop(), (error: unknown) => {
    assert.ok(error instanceof ContactNotFoundException);
    assert.equal(error.$metadata.httpStatusCode, 410);
    return true;
  });
});

test('a call that is stopped ends at once', async (t) => {
  const { client, connect } = await acme(t);
  const { contactId, ended } = connect.placeCall({ from: '+15555550142', audio: new Int16Array(8_000_000) });

  await client.send(new StopContactCommand({ InstanceId: INSTANCE, ContactId: contactId }));
  await ended;

  const { Contact } = await client.send(
    new DescribeContactCommand({ InstanceId: INSTANCE, ContactId: contactId }),
  );
  assert.ok(Contact?.DisconnectTimestamp);
  assert.equal(Contact?.DisconnectReason, 'OTHER');
});

test('a call is described with its recording', async (t) => {
  const { client, call } = await acme(t);
  const callId = await call();

  await client.send(new TagContactCommand({ InstanceId: INSTANCE, ContactId: callId, Tags: { team: 'a' } }));
  const { Contact } = await client.send(
    new DescribeContactCommand({ InstanceId: INSTANCE, ContactId: callId }),
  );

  const [recording] = Contact?.Recordings ?? [];
  assert.equal(Contact?.Channel, 'VOICE');
  assert.equal(Contact?.CustomerEndpoint?.Address, '+15555550142');
  assert.equal(Contact?.Tags?.['team'], 'a');
  assert.equal(recording?.StorageType, 'KINESIS_VIDEO_STREAM');
  assert.ok(recording?.StartTimestamp instanceof Date);
});

test('references are listed by type', async (t) => {
  const { client, start } = await acme(t);
  const { ContactId } = await start({
    References: {
      Play: { Type: 'URL', Value: 'https://example.com' },
      'Left at': { Type: 'DATE', Value: '1772632884' },
    },
  });

  const { ReferenceSummaryList } = await client.send(
    new ListContactReferencesCommand({ InstanceId: INSTANCE, ContactId, ReferenceTypes: ['DATE', 'STRING'] }),
  );

  assert.deepEqual(ReferenceSummaryList, [{ Date: { Name: 'Left at', Value: '1772632884' } }]);
});

test('a queue is described with its tags, an agent queue not at all', async (t) => {
  const { client } = await acme(t);
  const describe = (QueueId: string) =>
    client.send(new DescribeQueueCommand({ InstanceId: INSTANCE_ARN, QueueId }));

  const { Queue } = await describe(BILLING);

  assert.equal(Queue?.Name, 'Billing');
  assert.equal(Queue?.QueueArn, BILLING_ARN);
  assert.deepEqual(Queue?.Tags, { vmx3_queue_email: 'billing@example.com' });
  await assert.rejects(describe(ANA), { name: 'ResourceNotFoundException' });
  await assert.rejects(describe(`agent/${ANA}`), { name: 'ResourceNotFoundException' });
});

test('queues are listed in pages, of the types asked for', async (t) => {
  const { client } = await acme(t);
  const list = (input: object) => client.send(new ListQueuesCommand({ InstanceId: INSTANCE, ...input }));

  const first = await list({ MaxResults: 2 });
  const rest = await list({ MaxResults: 100, NextToken: first.NextToken });
  const standard = await list({ QueueTypes: ['STANDARD'] });

  assert.equal(first.QueueSummaryList?.length, 2);
  assert.equal(rest.QueueSummaryList?.length, 3);
  assert.equal(rest.NextToken, undefined);
  assert.deepEqual(
    standard.QueueSummaryList?.map(({ Name }) => Name),
    ['Billing', 'Support'],
  );
});

test('listing queues needs a permission on all queues of the instance, and not on the instance', async (t) => {
  const { clientFor } = await acme(t);
  const list = (Resource: string) =>
    clientFor([{ Effect: 'Allow', Action: 'connect:ListQueues', Resource }]).send(
      new ListQueuesCommand({ InstanceId: INSTANCE }),
    );

  await list(`${INSTANCE_ARN}/queue/*`);
  await assert.rejects(list(INSTANCE_ARN), { name: 'AccessDeniedException' });
});

test('a user is an agent in ARNs, and may have neither names nor address', async (t) => {
  const { client } = await acme(t);
  const describe = async (UserId: string) => {
    const { User } = await client.send(new DescribeUserCommand({ InstanceId: INSTANCE, UserId }));
    return User;
  };

  const ana = await describe(ANA);
  const chloe = await describe('d4d4d4d4-0000-4000-8000-00000000d003');

  assert.equal(ana?.Arn, `${INSTANCE_ARN}/agent/${ANA}`);
  assert.equal(ana?.IdentityInfo?.Email, 'ana.ruiz@example.com');
  assert.deepEqual([chloe?.Username, chloe?.IdentityInfo], ['chloe@example.com', {}]);
  await assert.rejects(describe(NOBODY), { name: 'ResourceNotFoundException' });
});

test('calls over the rate of their operation are a 429', async (t) => {
  const { client } = await acme(t, { throttle: true, maxAttempts: 1 });
  const describe = () => client.send(new DescribeQueueCommand({ InstanceId: INSTANCE, QueueId: BILLING }));
  const read = () =>
    client.send(new GetContactAttributesCommand({ InstanceId: INSTANCE, InitialContactId: NOBODY }));

  for (let call = 1; call <= 5; call += 1) await describe();
  for (let call = 1; call <= 15; call += 1) {
    await assert.rejects(read(), { name: 'ResourceNotFoundException' });
  }

  await assert.rejects(describe(), { name: 'ThrottlingException' });
  await assert.rejects(read(), { name: 'TooManyRequestsException' });
});
