import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { TestContext } from 'node:test';
import {
  ConnectClient,
  GetContactAttributesCommand,
  StartTaskContactCommand,
  type StartTaskContactCommandInput,
} from '@aws-sdk/client-connect';
import { createClock } from '../../simulator/clock.ts';
import type { PolicyStatement } from '../../simulator/gateway/policy.ts';
import { startTestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import { IN_ORDER } from '../../simulator/faults/disorder.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createConnect } from '../../simulator/services/connect/connect.ts';
import { createEventBridge } from '../../simulator/services/eventbridge/eventbridge.ts';

export const INSTANCE = 'a1b2c3d4-0000-4000-8000-00000000aaaa';
export const INSTANCE_ARN = `arn:aws:connect:us-east-1:111122223333:instance/${INSTANCE}`;
export const FLOW = '9a9a9a9a-0000-4000-8000-00000000f902';
export const BILLING = 'b1b1b1b1-0000-4000-8000-00000000b001';
export const BILLING_ARN = `${INSTANCE_ARN}/queue/${BILLING}`;
export const ANA = 'd4d4d4d4-0000-4000-8000-00000000d001';
/** No contact, queue, user, flow or instance has this id. */
export const NOBODY = '00000000-0000-4000-8000-000000000000';

/**
 * A small contact center. Against a real account this would name an instance,
 * its queues and users, and a task flow that reads the queue from an attribute.
 */
export async function acme(
  t: TestContext,
  { throttle = false, maxAttempts = 3, world = laptopWorld(), disorder = IN_ORDER } = {},
) {
  const fast = createClock('fast');
  const startMs = fast.now();
  // The token bucket fills up with time, so the clock does not move while tests count calls.
  const clock = throttle ? { ...fast, now: () => startMs } : fast;
  const happenings = createHappenings();
  const records = recordsOf();
  const bus = createEventBridge({ clock, happenings, disorder });
  const connect = createConnect({
    clock,
    happenings,
    kinesis: { put: (_streamArn, record) => records.add(record) },
    kinesisVideo: { createStream: () => undefined, append: () => '1' },
    bus,
    world,
    delays: { contactRecordMs: 0 },
    throttle,
  });
  const gateway = await startTestGateway([connect.service], { clock, happenings });
  t.after(gateway.close);
  const config = { region: 'us-east-1', endpoint: gateway.endpoint, maxAttempts };
  const client = new ConnectClient({ ...config, credentials: gateway.credentials });

  return {
    client,
    connect,
    bus,
    happenings,
    clock,
    records,
    start: (input: Partial<StartTaskContactCommandInput>) =>
      client.send(
        new StartTaskContactCommand({
          InstanceId: INSTANCE,
          ContactFlowId: FLOW,
          Name: 'Voicemail',
          Attributes: { vmx3_queue_arn: BILLING_ARN },
          ...input,
        }),
      ),
    /** A voicemail of one second, whose record is there. */
    call: async () => {
      const { contactId, ended } = connect.placeCall({ from: '+15555550142', audio: new Int16Array(8000) });
      await ended;
      await records.until(1);
      return contactId;
    },
    attributesOf: async (contactId: string | undefined) => {
      const asked = { InstanceId: INSTANCE, InitialContactId: contactId };
      const { Attributes = {} } = await client.send(new GetContactAttributesCommand(asked));
      return Attributes;
    },
    clientFor: (statements: readonly PolicyStatement[]) => {
      const arn = `arn:aws:iam::111122223333:role/${randomUUID()}`;
      const credentials = gateway.identities.addRole({ arn, statements });
      return new ConnectClient({ ...config, credentials });
    },
  };
}

/** What was put onto the data stream, and a way to wait for it. */
function recordsOf() {
  const all: string[] = [];
  const arrivals = new EventEmitter();
  return {
    all,
    add(record: string) {
      all.push(record);
      arrivals.emit('record');
    },
    async until(count: number) {
      while (all.length < count) await once(arrivals, 'record');
    },
  };
}
