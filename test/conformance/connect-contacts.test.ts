import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DeleteContactDataCommand,
  type DeleteContactDataCommandInput,
  DescribeContactCommand,
  DescribePhoneNumberCommand,
  GetContactMetricsCommand,
  GetCurrentMetricDataCommand,
  type GetCurrentMetricDataCommandInput,
  ListContactReferencesCommand,
  ListPhoneNumbersV2Command,
  ListTagsForResourceCommand,
  TagContactCommand,
  TransferContactCommand,
  type TransferContactCommandInput,
  UntagContactCommand,
  UpdateContactCommand,
  type UpdateContactCommandInput,
} from '@aws-sdk/client-connect';
import { acme, ANA, BILLING, BILLING_ARN, FLOW, INSTANCE, INSTANCE_ARN, NOBODY } from './connect-setup.ts';

const SUPPORT = 'b1b1b1b1-0000-4000-8000-00000000b002';
const notFound = { name: 'ResourceNotFoundException' };
const invalidRequest = { name: 'InvalidRequestException' };
const denied = { name: 'AccessDeniedException' };

test('a task gets its words after it is in the queue', async (t) => {
  const { client, clientFor, connect, start } = await acme(t);
  const { ContactId } = await start({
    References: {
      Caller: { Type: 'STRING', Value: 'withheld' },
      Received: { Type: 'DATE', Value: '1772632884' },
    },
  });
  const update = (input: Partial<UpdateContactCommandInput>) =>
    new UpdateContactCommand({ InstanceId: INSTANCE, ContactId, ...input });

  const References = { Caller: { Type: 'STRING', Value: '+15555550142' } } as const;
  await client.send(update({ Name: 'Voicemail of Ana', Description: 'Please call me back.', References }));

  const [task] = connect.tasks(BILLING_ARN);
  assert.deepEqual([task?.name, task?.description], ['Voicemail of Ana', 'Please call me back.']);
  const list = new ListContactReferencesCommand({
    InstanceId: INSTANCE,
    ContactId,
    ReferenceTypes: ['STRING', 'DATE'],
  });
  assert.deepEqual((await client.send(list)).ReferenceSummaryList, [
    { String: { Name: 'Caller', Value: '+15555550142' } },
    { Date: { Name: 'Received', Value: '1772632884' } },
  ]);
  await assert.rejects(client.send(update({})), invalidRequest);
  await assert.rejects(client.send(update({ QueueInfo: { Id: BILLING } })), invalidRequest);
  await assert.rejects(client.send(update({ ContactId: NOBODY, Name: 'x' })), notFound);
  const Value = 'x'.repeat(4090);
  await assert.rejects(client.send(update({ References: { More: { Type: 'STRING', Value } } })), {
    name: 'InvalidParameterException',
  });
  const other = clientFor([
    { Effect: 'Allow', Action: 'connect:UpdateContact', Resource: `${INSTANCE_ARN}/contact/${NOBODY}` },
  ]);
  await assert.rejects(other.send(update({ Name: 'x' })), denied);
});

test('the name of a call that has ended can be updated, and its record comes again', async (t) => {
  const { call, client, records } = await acme(t);
  const ContactId = await call();

  await client.send(new UpdateContactCommand({ InstanceId: INSTANCE, ContactId, Name: 'Voicemail' }));
  await records.until(2);

  const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: INSTANCE, ContactId }));
  assert.equal(Contact?.Name, 'Voicemail');
});

test('a task is transferred to a queue or an agent, and goes on as another contact', async (t) => {
  const { client, connect, start, attributesOf } = await acme(t);
  const { ContactId } = await start({ Name: 'Voicemail' });
  const transfer = async (input: Partial<TransferContactCommandInput>) =>
    (
      await client.send(
        new TransferContactCommand({ InstanceId: INSTANCE, ContactId, ContactFlowId: FLOW, ...input }),
      )
    ).ContactId ?? '';
  connect.contact(ContactId ?? '');

  const second = await transfer({ QueueId: SUPPORT, ClientToken: 'once' });
  const again = await transfer({ QueueId: SUPPORT, ClientToken: 'once' });

  assert.equal(again, second);
  const { Contact } = await client.send(
    new DescribeContactCommand({ InstanceId: INSTANCE, ContactId: second }),
  );
  assert.partialDeepStrictEqual(Contact, {
    Name: 'Voicemail',
    Channel: 'TASK',
    InitiationMethod: 'TRANSFER',
    PreviousContactId: ContactId,
    InitialContactId: ContactId,
  });
  assert.deepEqual(await attributesOf(second), await attributesOf(ContactId));
  assert.notEqual(connect.contact(ContactId ?? '').endedAtMs, undefined);
  await assert.rejects(transfer({ ContactId: second, QueueId: SUPPORT, UserId: ANA }), invalidRequest);
  await assert.rejects(transfer({}), invalidRequest);
  await assert.rejects(transfer({ ContactId: second, QueueId: NOBODY }), notFound);
  await assert.rejects(transfer({ ContactId: second, ContactFlowId: NOBODY }), notFound);
});

test('a task is transferred eleven times, and no more', async (t) => {
  const { client, start } = await acme(t);
  let { ContactId } = await start({});
  const transfer = async () =>
    client.send(
      new TransferContactCommand({ InstanceId: INSTANCE, ContactId, ContactFlowId: FLOW, UserId: ANA }),
    );

  for (let count = 1; count <= 11; count += 1) ({ ContactId } = await transfer());

  await assert.rejects(transfer(), { name: 'ServiceQuotaExceededException' });
});

test('a call cannot be transferred', async (t) => {
  const { client, connect } = await acme(t);
  const { contactId: ContactId, hangUp } = connect.placeCall({
    from: '+15555550142',
    audio: new Int16Array(80_000),
  });
  const command = new TransferContactCommand({ InstanceId: INSTANCE, ContactId, ContactFlowId: FLOW });

  await assert.rejects(client.send(command), invalidRequest);
  hangUp();
});

test('tags are taken from a contact, and those of Amazon Connect stay', async (t) => {
  const { client, start } = await acme(t);
  const { ContactId } = await start({});
  const asked = { InstanceId: INSTANCE, ContactId };
  const tags = async () => (await client.send(new DescribeContactCommand(asked))).Contact?.Tags;

  await client.send(new TagContactCommand({ ...asked, Tags: { team: 'billing', floor: '1' } }));
  await client.send(new UntagContactCommand({ ...asked, TagKeys: ['floor', 'none'] }));

  assert.deepEqual(await tags(), { 'aws:connect:instanceId': INSTANCE, team: 'billing' });
  const ofConnect = new UntagContactCommand({ ...asked, TagKeys: ['aws:connect:instanceId'] });
  await assert.rejects(client.send(ofConnect), { name: 'InvalidParameterException' });
});

test('the tags of a resource are listed by its ARN', async (t) => {
  const { client, clientFor } = await acme(t);

  const { tags } = await client.send(listTags(BILLING_ARN));

  assert.deepEqual(tags, { vmx3_queue_email: 'billing@example.com' });
  assert.deepEqual((await client.send(listTags(`${INSTANCE_ARN}/contact-flow/${FLOW}`))).tags, {});
  await assert.rejects(client.send(listTags(`${INSTANCE_ARN}/queue/${NOBODY}`)), notFound);
  const other = clientFor([
    { Effect: 'Allow', Action: 'connect:ListTagsForResource', Resource: `${INSTANCE_ARN}/agent/*` },
  ]);
  await assert.rejects(other.send(listTags(BILLING_ARN)), denied);
});

test('a telephone number is described by its id', async (t) => {
  const { client } = await acme(t);
  const { ListPhoneNumbersSummaryList: [number] = [] } = await client.send(
    new ListPhoneNumbersV2Command({ InstanceId: INSTANCE }),
  );

  const { ClaimedPhoneNumberSummary: described } = await client.send(
    new DescribePhoneNumberCommand({ PhoneNumberId: number?.PhoneNumberId }),
  );

  assert.partialDeepStrictEqual(described, {
    PhoneNumber: '+15555550100',
    PhoneNumberArn: number?.PhoneNumberArn,
    TargetArn: INSTANCE_ARN,
    PhoneNumberStatus: { Status: 'CLAIMED' },
  });
  await assert.rejects(client.send(new DescribePhoneNumberCommand({ PhoneNumberId: NOBODY })), notFound);
});

test('a waiting contact has a place in its queue', async (t) => {
  const { client, start, connect } = await acme(t);
  const metrics = async (ContactId: string | undefined) => {
    const Metrics = [{ Name: 'POSITION_IN_QUEUE' as const }];
    const command = new GetContactMetricsCommand({ InstanceId: INSTANCE, ContactId, Metrics });
    return (await client.send(command)).MetricResults?.[0]?.Value?.Number;
  };
  const first = await start({});
  const second = await start({});

  assert.deepEqual([await metrics(first.ContactId), await metrics(second.ContactId)], [1, 2]);
  const ana = connect.agent('ana.ruiz');
  ana.become('Available');
  await ana.accept(first.ContactId ?? '');
  assert.equal(await metrics(second.ContactId), 1);
  await assert.rejects(metrics(first.ContactId), invalidRequest);
});

test('agents and waiting contacts are counted over queues, or by queue and channel', async (t) => {
  const { client, clientFor, start, connect } = await acme(t);
  await start({});
  connect.agent('ana.ruiz').become('Break');

  const together = await client.send(metricData());
  const apart = await client.send(metricData({ Groupings: ['QUEUE'], MaxResults: 1 }));
  const rest = await client.send(metricData({ Groupings: ['QUEUE'], NextToken: apart.NextToken }));

  const valuesOf = ({ MetricResults = [] }: typeof together) =>
    MetricResults.map(({ Collections = [] }) => Collections.map(({ Value }) => Value));
  assert.deepEqual(valuesOf(together), [[1, 1]]);
  assert.deepEqual(
    [...valuesOf(apart), ...valuesOf(rest)],
    [
      [1, 1],
      [0, 1],
    ],
  );
  assert.deepEqual(apart.MetricResults?.[0]?.Dimensions, { Queue: { Id: BILLING, Arn: BILLING_ARN } });
  await assert.rejects(client.send(metricData({ Filters: { Queues: [NOBODY] } })), notFound);
  const ofOneQueue = clientFor([
    { Effect: 'Allow', Action: 'connect:GetCurrentMetricData', Resource: BILLING_ARN },
  ]);
  await ofOneQueue.send(metricData({ Filters: { Queues: [BILLING_ARN] } }));
  await assert.rejects(ofOneQueue.send(metricData()), denied);
});

const listTags = (resourceArn: string) => new ListTagsForResourceCommand({ resourceArn });

const metricData = (input: Partial<GetCurrentMetricDataCommandInput> = {}) =>
  new GetCurrentMetricDataCommand({
    InstanceId: INSTANCE,
    Filters: { Queues: [BILLING, SUPPORT] },
    CurrentMetrics: [
      { Name: 'CONTACTS_IN_QUEUE', Unit: 'COUNT' },
      { Name: 'AGENTS_ONLINE', Unit: 'COUNT' },
    ],
    ...input,
  });

test('the number of a contact that has ended is deleted permanently, and from its record', async (t) => {
  const { call, client, clientFor, records, start } = await acme(t);
  const ContactId = await call();
  const remove = (input: Partial<DeleteContactDataCommandInput> = {}) =>
    new DeleteContactDataCommand({
      InstanceId: INSTANCE,
      ContactId,
      ContactFields: ['CUSTOMER_ENDPOINT'],
      ...input,
    });
  const look = new DescribeContactCommand({ InstanceId: INSTANCE, ContactId });
  assert.ok((await client.send(look)).Contact?.CustomerEndpoint?.Address);

  await client.send(remove());

  assert.equal((await client.send(look)).Contact?.CustomerEndpoint, undefined);
  await records.until(2);
  const { ContactId: open } = await start({});
  await assert.rejects(client.send(remove({ ContactId: open })), { name: 'ContactNotTerminatedException' });
  await assert.rejects(client.send(remove({ ContactId: NOBODY })), notFound);
  await assert.rejects(client.send(remove({ ContactFields: [] })), { name: 'InvalidParameterException' });
  const other = clientFor([
    { Effect: 'Allow', Action: 'connect:DeleteContactData', Resource: `${INSTANCE_ARN}/contact/${NOBODY}` },
  ]);
  await assert.rejects(other.send(remove()), denied);
});
