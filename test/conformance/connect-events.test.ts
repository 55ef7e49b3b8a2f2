import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  StopContactCommand,
  TagContactCommand,
  UpdateContactAttributesCommand,
} from '@aws-sdk/client-connect';
import { z } from 'zod';
import { acme, ANA, BILLING_ARN, INSTANCE, INSTANCE_ARN } from './connect-setup.ts';

const Event = z.object({
  'detail-type': z.literal('Amazon Connect Contact Event'),
  source: z.literal('aws.connect'),
  resources: z.array(z.string()),
  detail: z.looseObject({ eventType: z.string(), contactId: z.string() }),
});

/** Asks for contact events, as a rule in a template does. */
async function listening(
  t: Parameters<typeof acme>[0],
  { detail, ...options }: Parameters<typeof acme>[1] & { detail?: object } = {},
) {
  const there = await acme(t, options);
  const events: z.infer<typeof Event>[] = [];
  const eventPattern = { source: ['aws.connect'], ...(detail && { detail }) };
  const targets = [(event: unknown) => void events.push(Event.parse(event))];
  there.bus.addRule({ name: 'contacts', eventPattern, enabled: true, targets });
  return { ...there, events, typesOf: () => events.map(({ detail: { eventType } }) => eventType) };
}

test('a task is reported from its start to the end of the work after it', async (t) => {
  const { client, connect, clock, events, start, typesOf } = await listening(t);
  const ana = connect.agent('ana.ruiz');

  const { ContactId = '' } = await start({});
  await client.send(new TagContactCommand({ InstanceId: INSTANCE, ContactId, Tags: { team: 'billing' } }));
  ana.become('Available');
  await ana.accept(ContactId);
  await client.send(new StopContactCommand({ InstanceId: INSTANCE, ContactId }));
  ana.finish(ContactId);
  await clock.sleep(1);

  assert.deepEqual(typesOf(), [
    'INITIATED',
    'CONNECTED_TO_SYSTEM',
    'QUEUED',
    'CONTACT_DATA_UPDATED',
    'CONNECTED_TO_AGENT',
    'DISCONNECTED',
    'COMPLETED',
  ]);
  assert.deepEqual(events.at(-1)?.resources, [`${INSTANCE_ARN}/contact/${ContactId}`, INSTANCE_ARN]);
  assert.partialDeepStrictEqual(events.at(3)?.detail, {
    updatedProperties: ['Tags'],
    tags: { team: 'billing' },
    queueInfo: { queueArn: BILLING_ARN, queueType: 'STANDARD' },
  });
  assert.partialDeepStrictEqual(events.at(-1)?.detail, {
    contactId: ContactId,
    channel: 'TASK',
    initiationMethod: 'API',
    instanceArn: INSTANCE_ARN,
    agentInfo: { agentArn: `${INSTANCE_ARN}/agent/${ANA}`, afterContactWorkDuration: 0 },
  });
});

test('a call that nobody took is completed at once, with its recording and without attributes', async (t) => {
  const { client, call, clock, events, typesOf } = await listening(t);

  const contactId = await call();
  const Attributes = { vmx3_flag: '0' };
  const asked = { InstanceId: INSTANCE, InitialContactId: contactId, Attributes };
  await client.send(new UpdateContactAttributesCommand(asked));
  await clock.sleep(1);

  assert.deepEqual(typesOf(), ['INITIATED', 'DISCONNECTED', 'COMPLETED', 'CONTACT_DATA_UPDATED']);
  const [, , completed, updated] = events;
  assert.partialDeepStrictEqual(completed?.detail, {
    contactId,
    channel: 'VOICE',
    segmentAttributes: { 'connect:Subtype': { valueString: 'connect:Telephony' } },
    systemEndpoint: { address: '+15555550100', type: 'TELEPHONE_NUMBER' },
    recordings: [{ storageType: 'KINESIS_VIDEO_STREAM', participantType: 'CUSTOMER' }],
  });
  assert.equal(completed?.detail['attributes'], undefined);
  assert.deepEqual(updated?.detail['updatedProperties'], ['UserDefinedAttributes']);
});

test('a rule gets the types that it asks for, as often as deliveries go wrong', async (t) => {
  const disorder = { repeatedAfterMs: () => 10, lateMs: () => 0 };
  const { call, clock, typesOf } = await listening(t, { detail: { eventType: ['COMPLETED'] }, disorder });

  await call();
  await clock.sleep(20);

  assert.deepEqual(typesOf(), ['COMPLETED', 'COMPLETED']);
});

test('a scheduled task is connected when its time has come', async (t) => {
  const { clock, events, start, typesOf } = await listening(t);

  await start({ ScheduledTime: new Date(clock.now() + 60_000) });
  const before = typesOf();
  await clock.sleep(61_000);

  assert.ok(!before.includes('CONNECTED_TO_SYSTEM'));
  assert.deepEqual(typesOf(), ['INITIATED', 'CONNECTED_TO_SYSTEM', 'QUEUED']);
  const detail = events[1]?.detail;
  assert.equal(typeof detail?.['scheduledTimestamp'], 'string');
  assert.equal(detail?.['scheduledTimestamp'], detail?.['connectedToSystemTimestamp']);
});
