import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floor } from './floor.fixture.ts';

const ANA = 'd4d4d4d4-0000-4000-8000-00000000d001';
const BEN = 'd4d4d4d4-0000-4000-8000-00000000d002';
const BILLING = 'b1b1b1b1-0000-4000-8000-00000000b001';
const SUPPORT = 'b1b1b1b1-0000-4000-8000-00000000b002';

test('a call rings at the agent who has been idle for longest', async (t) => {
  const { arrives, ana, ben, told } = floor(t);
  ana.become('Available');
  ben.become('Available');

  arrives('first');
  await ana.accept('first');
  ana.finish('first');
  arrives('second');

  assert.deepEqual(told, [
    'ana.ruiz offered first',
    'ana.ruiz accepted first',
    'ana.ruiz finished first',
    'ben.okafor offered second',
  ]);
});

test('callers are taken in the order of priority, then of time waited, as adjusted', (t) => {
  const { arrives, ana, told, contacts, clock } = floor(t);
  const { contact: early } = arrives('early');
  clock.advance(10_000);
  const { contact: late } = arrives('late');
  const { contact: adjusted } = arrives('adjusted', { queueTimeAdjustmentMs: 60_000 });
  const { contact: urgent } = arrives('urgent', { queuePriority: 1 });

  ana.become('Available');
  for (const contact of [urgent, adjusted, early, late]) contacts.end(contact, 'CUSTOMER_DISCONNECT');

  assert.deepEqual(told, [
    'ana.ruiz offered urgent',
    'ana.ruiz offered adjusted',
    'ana.ruiz offered early',
    'ana.ruiz offered late',
  ]);
});

test('a call that rings for twenty seconds goes to the next agent', (t) => {
  const { arrives, ana, ben, told, clock } = floor(t);
  ana.become('Available');
  ben.become('Available');
  const { contact } = arrives('call');

  clock.advance(19_000);
  assert.deepEqual(ana.offered(), ['call']);
  clock.advance(1_000);

  assert.deepEqual(told, ['ana.ruiz offered call', 'ana.ruiz missed call', 'ben.okafor offered call']);
  assert.equal(ana.presence(), 'Missed');
  assert.equal(contact.connectionAttempts, 2);
  assert.equal(contact.agent, undefined);
});

test('an agent who missed a call is offered it again once available', (t) => {
  const { arrives, ana, clock } = floor(t);
  ana.become('Available');
  arrives('call');
  clock.advance(25_000);
  assert.deepEqual(ana.offered(), []);

  ana.become('Available');

  assert.deepEqual(ana.offered(), ['call']);
});

test('a rejected call goes to the next agent at once', (t) => {
  const { arrives, ana, ben } = floor(t);
  ana.become('Available');
  ben.become('Available');
  arrives('call');

  ana.reject('call');

  assert.deepEqual([ana.offered(), ben.offered()], [[], ['call']]);
  assert.equal(ana.presence(), 'Missed');
});

test('an agent with a call is offered nothing else, neither a call nor a task', async (t) => {
  const { arrives, ana } = floor(t);
  ana.become('Available');
  arrives('call');
  await ana.accept('call');

  arrives('another');
  arrives('task', { channel: 'TASK' });

  assert.deepEqual(ana.offered(), []);
});

test('an agent has ten tasks at once, or as many as the routing profile says', (t) => {
  const profile = { id: 'two', name: 'Two tasks', concurrency: { TASK: 2 }, isCrossChannel: true };
  const { arrives, ana, ben } = floor(t, {
    world: {
      routingProfiles: [profile],
      users: [
        { id: ANA, username: 'ana.ruiz' },
        { id: BEN, username: 'ben.okafor', routingProfileId: 'two' },
      ],
    },
  });
  ana.become('Available');
  for (let task = 0; task < 11; task += 1) arrives(`task ${task}`, { channel: 'TASK' });

  ben.become('Available');
  for (let task = 11; task < 14; task += 1) arrives(`task ${task}`, { channel: 'TASK' });
  arrives('call');

  assert.equal(ana.offered().length, 10);
  assert.deepEqual(ben.offered(), ['task 10', 'task 11', 'call']);
});

test('an agent gets contacts of the queues and channels of the routing profile only', (t) => {
  const profile = {
    id: 'support calls',
    name: 'Support calls',
    queues: [{ queueId: SUPPORT, channels: ['VOICE' as const] }],
    isCrossChannel: true,
  };
  const { arrives, ana } = floor(t, {
    world: {
      routingProfiles: [profile],
      users: [
        { id: ANA, username: 'ana.ruiz', routingProfileId: profile.id },
        { id: BEN, username: 'ben.okafor' },
      ],
    },
  });
  ana.become('Available');

  arrives('billing call');
  arrives('support task', { channel: 'TASK', queueId: SUPPORT });
  arrives('support call', { queueId: SUPPORT });

  assert.deepEqual(ana.offered(), ['support call']);
});

test("a contact in an agent's own queue waits for that agent, whatever the routing profile", (t) => {
  const profile = { id: 'none', name: 'No queue', queues: [] };
  const { arrives, ana, ben } = floor(t, {
    world: {
      routingProfiles: [profile],
      users: [
        { id: ANA, username: 'ana.ruiz', routingProfileId: 'none' },
        { id: BEN, username: 'ben.okafor' },
      ],
    },
  });
  ben.become('Available');

  arrives('task', { channel: 'TASK', queueId: `agent/${ANA}` });
  assert.deepEqual(ben.offered(), []);
  ana.become('Available');

  assert.deepEqual(ana.offered(), ['task']);
});

test('routing criteria keep a call for the agents they name, until they expire', (t) => {
  const { arrives, ana, ben, clock, queueArn } = floor(t);
  const benByArn = queueArn('').replace(/queue\/$/, `agent/${BEN}`);
  ana.become('Available');
  arrives('call', {
    routingSteps: [
      { agentIds: ['nobody'], forMs: 30_000 },
      { agentIds: [benByArn], forMs: 60_000 },
    ],
  });
  ben.become('Available');

  assert.deepEqual([ana.offered(), ben.offered()], [[], []]);
  clock.advance(30_000);
  assert.deepEqual([ana.offered(), ben.offered()], [[], ['call']]);
  ben.reject('call');
  clock.advance(59_000);
  assert.deepEqual([ana.offered(), ben.offered()], [[], []]);
  clock.advance(1_000);
  assert.deepEqual([ana.offered(), ben.offered()], [['call'], []]);
});

const french = (level: number) => [{ name: 'Language', value: 'French', level }];

test('routing criteria keep a call for agents who are good enough, until they expire', (t) => {
  const { arrives, ana, ben, clock } = floor(t, {
    world: {
      users: [
        { id: ANA, username: 'ana.ruiz', proficiencies: french(2) },
        { id: BEN, username: 'ben.okafor', proficiencies: french(3) },
      ],
    },
  });
  ana.become('Available');
  arrives('call', {
    routingSteps: [
      { proficiencies: french(5), forMs: 30_000 },
      { proficiencies: french(3), forMs: 60_000 },
    ],
  });
  ben.become('Available');

  assert.deepEqual([ana.offered(), ben.offered()], [[], []]);
  clock.advance(30_000);
  assert.deepEqual([ana.offered(), ben.offered()], [[], ['call']]);
  ben.reject('call');
  clock.advance(60_000);
  assert.deepEqual([ana.offered(), ben.offered()], [['call'], []]);
});

test('routing criteria of a queue flow count from the time they are set, and expire too', (t) => {
  const { arrives, ana, ben, clock } = floor(t);
  const { contact } = arrives('call');
  clock.advance(60_000);

  contact.settings.routingSteps = [{ agentIds: [BEN], forMs: 30_000 }];
  contact.settings.reconsider?.();
  ana.become('Available');
  assert.deepEqual([ana.offered(), ben.offered()], [[], []]);
  clock.advance(30_000);

  assert.deepEqual(ana.offered(), ['call']);
});

test('a caller who hangs up while it rings is not offered again, and the agent is free for the next', (t) => {
  const { arrives, ana, contacts, recordOf, routing, queueArn } = floor(t);
  ana.become('Available');
  const { contact } = arrives('call');

  contacts.end(contact, 'CUSTOMER_DISCONNECT');

  assert.deepEqual(ana.offered(), []);
  assert.equal(ana.presence(), 'Available');
  assert.equal(routing.metrics(queueArn(BILLING))?.contactsInQueue, 0);
  const [record] = recordOf('call');
  assert.equal(record?.['Agent'], null);
  assert.equal(record['AgentConnectionAttempts'], 1);
  arrives('next');
  assert.deepEqual(ana.offered(), ['next']);
});

test('if an agent signs out, ringing contacts go to the others; with a caller in hand the agent cannot sign out', async (t) => {
  const { arrives, ana, ben } = floor(t);
  ana.become('Available');
  arrives('call');

  ana.signOut();
  ben.become('Available');
  await ben.accept('call');

  assert.deepEqual(ana.offered(), []);
  assert.throws(() => ben.signOut(), /with a contact in hand/);
});

test('an agent can only accept an offered contact, and an accepted one is not offered again', async (t) => {
  const { arrives, ana, ben } = floor(t);
  ana.become('Available');
  ben.become('Available');
  arrives('call');

  await assert.rejects(ben.accept('call'), /ben.okafor is not offered the contact call/);
  await ana.accept('call');
  await assert.rejects(ana.accept('call'), /not offered/);

  assert.deepEqual([ana.inHand(), ben.offered()], [['call'], []]);
  assert.throws(() => ben.finish('call'), /does not have the contact/);
});
