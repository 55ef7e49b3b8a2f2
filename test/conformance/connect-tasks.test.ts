import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DescribeContactCommand,
  ServiceQuotaExceededException,
  StartTaskContactCommand,
  type StartTaskContactCommandInput,
  UpdateContactAttributesCommand,
} from '@aws-sdk/client-connect';
import { acme, ANA, BILLING_ARN, FLOW, INSTANCE, INSTANCE_ARN, NOBODY } from './connect-setup.ts';

const DAY_MS = 86_400_000;

test('a task reaches the queue that its attributes name', async (t) => {
  const { start, connect } = await acme(t);

  const { ContactId } = await start({
    Name: 'Voicemail for Billing',
    Description: 'Please call me back.',
    References: { Callback: { Type: 'STRING', Value: '+15555550142' } },
  });

  assert.deepEqual(
    connect.tasks(BILLING_ARN).map(({ createdAtMs, ...task }) => ({ ...task, createdAtMs: createdAtMs > 0 })),
    [
      {
        contactId: ContactId,
        name: 'Voicemail for Billing',
        description: 'Please call me back.',
        references: { Callback: { type: 'STRING', value: '+15555550142' } },
        attributes: { vmx3_queue_arn: BILLING_ARN },
        queueArn: BILLING_ARN,
        createdAtMs: true,
      },
    ],
  );
});

test('an agent has a queue too', async (t) => {
  const { start, connect } = await acme(t);
  const queueArn = `${INSTANCE_ARN}/queue/agent/${ANA}`;

  await start({ Attributes: { vmx3_queue_arn: queueArn } });

  assert.equal(connect.tasks(queueArn).length, 1);
});

test('a task for a queue that does not exist is started, and its flow ends it', async (t) => {
  const { client, start, connect } = await acme(t);

  const { ContactId } = await start({ Attributes: { vmx3_queue_arn: `${INSTANCE_ARN}/queue/${NOBODY}` } });

  const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: INSTANCE, ContactId }));
  assert.equal(Contact?.DisconnectReason, 'CONTACT_FLOW_DISCONNECT');
  assert.ok(Contact?.DisconnectTimestamp instanceof Date);
  assert.deepEqual(connect.tasks(), []);
});

test('the same token returns the same task for seven days', async (t) => {
  const { start, clock, connect } = await acme(t);
  const withToken = { ClientToken: 'vm-1' };

  const first = await start(withToken);
  clock.advance(7 * DAY_MS - 60_000);
  const again = await start({ ...withToken, Name: 'Another' });
  clock.advance(120_000);
  const later = await start(withToken);

  assert.equal(again.ContactId, first.ContactId);
  assert.notEqual(later.ContactId, first.ContactId);
  assert.equal(connect.tasks().length, 2);
});

test('tasks chained to a call share its attributes; a related one has a copy', async (t) => {
  const { client, start, call, attributesOf } = await acme(t);
  const callId = await call();

  const { ContactId: chained } = await start({ PreviousContactId: callId });
  const { ContactId: related } = await start({ RelatedContactId: callId });
  await client.send(
    new UpdateContactAttributesCommand({
      InstanceId: INSTANCE_ARN,
      InitialContactId: chained,
      Attributes: { vmx3_flag: '0' },
    }),
  );

  assert.equal((await attributesOf(chained))['vmx3_flag'], '0');
  assert.equal((await attributesOf(callId))['vmx3_flag'], '0');
  assert.equal((await attributesOf(related))['vmx3_flag'], '1');
});

test('the thirteenth task of one call is over the quota, which is a 402', async (t) => {
  const { start, call } = await acme(t);
  const PreviousContactId = await call();
  for (let task = 1; task <= 12; task += 1) await start({ PreviousContactId });

  await assert.rejects(start({ PreviousContactId }), (error: unknown) => {
    assert.ok(error instanceof ServiceQuotaExceededException);
    assert.equal(error.$metadata.httpStatusCode, 402);
    return true;
  });
});

test('references can have 4,096 bytes together, names and values in UTF-8', async (t) => {
  const { start } = await acme(t);
  const withNote = (Value: string) =>
    start({ References: { Play: { Type: 'URL', Value: url }, N: { Type: 'STRING', Value } } });
  const url = `https://example.com/`.padEnd(4096 - 'PlayN'.length - 1, 'a');

  await withNote('e');

  await assert.rejects(withNote('é'), { name: 'InvalidParameterException' });
});

test('invalid input for a task is refused, each with its own error', async (t) => {
  const { start, call } = await acme(t);
  const callId = await call();
  const refused = (input: Partial<StartTaskContactCommandInput>, name: string) =>
    assert.rejects(start(input), { name });

  await refused({ ContactFlowId: NOBODY }, 'ResourceNotFoundException');
  await refused({ InstanceId: NOBODY }, 'ResourceNotFoundException');
  await refused({ PreviousContactId: NOBODY }, 'ResourceNotFoundException');
  await refused({ ContactFlowId: undefined }, 'InvalidRequestException');
  await refused({ TaskTemplateId: 'a-template' }, 'InvalidRequestException');
  await refused({ PreviousContactId: callId, RelatedContactId: callId }, 'InvalidRequestException');
  await refused({ ScheduledTime: new Date(0) }, 'InvalidRequestException');
  await refused({ Attributes: { a: 'x'.repeat(32_768) } }, 'InvalidRequestException');
  await refused({ Attributes: { 'two words': 'x' } }, 'InvalidParameterException');
  await refused({ Name: 'x'.repeat(1025) }, 'InvalidParameterException');
  await refused({ Description: 'x'.repeat(4097) }, 'InvalidParameterException');
  await refused({ ClientToken: 'x'.repeat(501) }, 'InvalidParameterException');
  await refused({ References: { A: { Type: 'ATTACHMENT', Value: 'a' } } }, 'InvalidParameterException');
  await refused(unheardOf('constructor'), 'InvalidParameterException');
  const nobody = { ValueString: `${INSTANCE_ARN}/agent/${NOBODY}` };
  await refused({ SegmentAttributes: { 'connect:CreatedByUser': nobody } }, 'InvalidParameterException');
  await refused({ References: { At: { Type: 'DATE', Value: '2026-03-04' } } }, 'InvalidParameterException');
});

test('a role is allowed what its policies say, on the resources that they name', async (t) => {
  const { clientFor, start } = await acme(t);
  const allowed = (...Resource: string[]) =>
    clientFor([{ Effect: 'Allow', Action: 'connect:StartTaskContact', Resource }]);
  const input = { InstanceId: INSTANCE, ContactFlowId: FLOW, Name: 'x' };
  const task = new StartTaskContactCommand(input);

  await allowed(`${INSTANCE_ARN}/contact/*`, `${INSTANCE_ARN}/contact-flow/${FLOW}`).send(task);
  await assert.rejects(allowed(`${INSTANCE_ARN}/contact/*`).send(task), { name: 'AccessDeniedException' });
  await assert.rejects(allowed(`${INSTANCE_ARN}/contact-flow/*`).send(task), {
    name: 'AccessDeniedException',
  });
  await start({});
});

/** References that the SDK's types would not let through. */
function unheardOf(Type: string): object {
  return { References: { A: { Type, Value: 'a' } } };
}

function expiry(minutes: number) {
  return {
    SegmentAttributes: {
      'connect:ContactExpiry': { ValueMap: { ExpiryDuration: { ValueInteger: minutes } } },
    },
  };
}

test('an open task ends after the minutes it was given, or after seven days', async (t) => {
  const { client, start, clock } = await acme(t);
  const reasonOf = async (ContactId: string | undefined) => {
    const command = new DescribeContactCommand({ InstanceId: INSTANCE, ContactId });
    return (await client.send(command)).Contact?.DisconnectReason;
  };
  const { ContactId: usual } = await start({});
  const { ContactId: long } = await start(expiry(90 * 24 * 60));

  clock.advance(7 * DAY_MS + 60_000);
  assert.deepEqual([await reasonOf(usual), await reasonOf(long)], ['EXPIRED', undefined]);
  clock.advance(83 * DAY_MS);
  assert.equal(await reasonOf(long), 'EXPIRED');
  await assert.rejects(start(expiry(90 * 24 * 60 + 1)), { name: 'InvalidParameterException' });
  await assert.rejects(start(expiry(0)), { name: 'InvalidParameterException' });
});
