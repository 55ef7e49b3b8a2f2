import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  ConnectClient,
  CreateNotificationCommand,
  type CreateNotificationCommandInput,
} from '@aws-sdk/client-connect';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { INSTANCE, INSTANCE_ARN, NOBODY } from './connect-setup.ts';

const HOUR_MS = 3_600_000;
const world = laptopWorld();
const [ana] = world.users;
const ANA_ARN = `${INSTANCE_ARN}/agent/${ana?.id}`;

async function instance(t: TestContext) {
  const simulator = await startSimulator({ world, time: 'fast', recognizer: createStandInRecognizer('') });
  t.after(simulator.close);
  const { endpoint, credentials, clock } = simulator;
  const client = new ConnectClient({ endpoint, credentials, region: 'us-east-1' });
  t.after(() => client.destroy());
  const create = (change: Partial<CreateNotificationCommandInput> = {}) =>
    client.send(
      new CreateNotificationCommand({
        InstanceId: INSTANCE,
        Recipients: [ANA_ARN],
        Content: { en_US: 'New voicemail' },
        ...change,
      }),
    );
  const seen = (username: string) =>
    simulator.connect.notificationsOf(username).map(({ content }) => content['en_US']);
  return { create, seen, clock };
}

test('an agent sees a notification, and another one does not', async (t) => {
  const { create, seen } = await instance(t);

  const { NotificationId, NotificationArn } = await create();

  assert.equal(NotificationArn, `${INSTANCE_ARN}/notification/${NotificationId}`);
  assert.deepEqual([seen('ana.ruiz'), seen('ben.okafor')], [['New voicemail'], []]);
});

test('the instance as the recipient is everybody', async (t) => {
  const { create, seen } = await instance(t);

  await create({ Recipients: [INSTANCE_ARN] });

  assert.ok(world.users.every(({ username }) => seen(username).length === 1));
});

test('the same token makes one notification', async (t) => {
  const { create, seen } = await instance(t);

  const first = await create({ ClientToken: 'token' });
  const second = await create({ ClientToken: 'token', Content: { en_US: 'Another' } });

  assert.equal(second.NotificationId, first.NotificationId);
  assert.deepEqual(seen('ana.ruiz'), ['New voicemail']);
});

test('a notification is not shown any more when it has expired, which is after a week by default', async (t) => {
  const { create, seen, clock } = await instance(t);

  await create({ ExpiresAt: new Date(clock.now() + HOUR_MS), Content: { en_US: 'An hour' } });
  await create({ Content: { en_US: 'A week' } });
  assert.deepEqual(seen('ana.ruiz'), ['A week', 'An hour']);
  await clock.sleep(2 * HOUR_MS);
  assert.deepEqual(seen('ana.ruiz'), ['A week']);
  await clock.sleep(7 * 24 * HOUR_MS);
  assert.deepEqual(seen('ana.ruiz'), []);
});

test('what a notification cannot have is refused', async (t) => {
  const { create, seen, clock } = await instance(t);
  const invalid = { name: 'InvalidParameterException' };
  const longest = 'x'.repeat(250);

  await assert.rejects(create({ Recipients: [] }), invalid);
  await assert.rejects(create({ Recipients: Array.from({ length: 201 }, () => ANA_ARN) }), invalid);
  await assert.rejects(create({ Recipients: [`${INSTANCE_ARN}/agent/${NOBODY}`] }), {
    name: 'ResourceNotFoundException',
  });
  await assert.rejects(create({ Content: {} }), invalid);
  await assert.rejects(create({ Content: { en_US: `${longest}x` } }), invalid);
  await assert.rejects(create({ Content: JSON.parse('{"en_GB":"New voicemail"}') }), invalid);
  await assert.rejects(create({ ExpiresAt: new Date(clock.now() - HOUR_MS) }), invalid);
  await assert.rejects(create({ ClientToken: 'x'.repeat(501) }), invalid);
  await assert.rejects(create({ InstanceId: NOBODY }), { name: 'ResourceNotFoundException' });
  assert.deepEqual(seen('ana.ruiz'), []);
  await create({ Content: { en_US: longest, de_DE: 'Neu' } });
  assert.deepEqual(seen('ana.ruiz'), [longest]);
});
