import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floor } from './floor.fixture.ts';

const SUPPORT = 'b1b1b1b1-0000-4000-8000-00000000b002';

test('a full queue takes no contact until another leaves, and takes a contact only once', (t) => {
  const { arrives, contacts, routing } = floor(t, {
    world: { queues: [{ id: SUPPORT, name: 'Support', maxContacts: 1 }] },
  });

  const first = arrives('first', { queueId: SUPPORT });
  const second = arrives('second', { queueId: SUPPORT });
  const again = routing.enqueue(first.contact);
  const nowhere = arrives('nowhere', { queueId: 'unknown' });
  contacts.end(first.contact, 'CUSTOMER_DISCONNECT');
  const third = arrives('third', { queueId: SUPPORT });

  assert.deepEqual(
    [first.answer, second.answer, again, nowhere.answer, third.answer],
    ['queued', 'at-capacity', 'no-queue', 'no-queue', 'queued'],
  );
});

test('a disabled queue takes nobody, whether they arrive or move there', (t) => {
  const { arrives, routing, queueArn } = floor(t, {
    world: {
      queues: [
        { id: 'open', name: 'Open' },
        { id: 'off', name: 'Off', status: 'DISABLED' },
      ],
    },
  });
  const { contact } = arrives('call', { queueId: 'open' });

  assert.equal(arrives('task', { queueId: 'off' }).answer, 'no-queue');
  assert.equal(routing.moveTo(contact, queueArn('off')), 'no-queue');
});

test('a caller who moves to another queue goes on as a contact of its own', (t) => {
  const { arrives, ana, routing, queueArn, recordOf, passedOn, runs } = floor(t);
  const { contact } = arrives('call', { attributes: { vmx3_flag: '0' } });

  const answer = routing.moveTo(contact, queueArn(SUPPORT));
  ana.become('Available');

  const next = runs[1]?.contact ?? assert.fail('no next contact');
  assert.equal(answer, 'queued');
  assert.deepEqual([runs[0]?.endedBy, runs[1]?.endedBy], ['stopped', undefined]);
  assert.deepEqual(ana.offered(), [next.id]);
  assert.equal(next.attributes, contact.attributes);
  assert.deepEqual(passedOn, [`call -> ${next.id}`]);
  assert.equal(recordOf('call')[0]?.['NextContactId'], next.id);
  assert.deepEqual(
    [next.initiationMethod, next.previousContactId, next.initialContactId, next.customerNumber],
    ['QUEUE_TRANSFER', 'call', 'call', '+15555550142'],
  );
});

test('a caller cannot move to a queue that is full or missing, and stays in the queue', (t) => {
  const { arrives, routing, queueArn } = floor(t, {
    world: {
      queues: [
        { id: 'open', name: 'Open' },
        { id: 'full', name: 'Full', maxContacts: 0 },
      ],
    },
  });
  const { contact } = arrives('call', { queueId: 'open' });

  assert.equal(routing.moveTo(contact, queueArn('full')), 'at-capacity');
  assert.equal(routing.moveTo(contact, queueArn('nowhere')), 'no-queue');
  assert.equal(routing.metrics(queueArn('open'))?.contactsInQueue, 1);
});

test('a chain has twelve contacts at most', (t) => {
  const { arrives, routing, queueArn, runs } = floor(t);
  arrives('call');

  const answers = Array.from({ length: 12 }, () =>
    routing.moveTo(runs.at(-1)?.contact ?? assert.fail(), queueArn(SUPPORT)),
  );

  assert.deepEqual(answers.slice(-2), ['queued', 'no-queue']);
});

test('agents are online on a break, staffed when not, available when free', async (t) => {
  const { arrives, ana, ben, routing, queueArn, clock } = floor(t);
  const billing = queueArn('b1b1b1b1-0000-4000-8000-00000000b001');
  const agents = () => {
    const metrics = routing.metrics(billing, 'VOICE');
    return [metrics?.agentsOnline, metrics?.agentsStaffed, metrics?.agentsAvailable];
  };

  assert.deepEqual(agents(), [0, 0, 0]);
  ana.become('Available');
  ben.become('Break');
  assert.deepEqual(agents(), [2, 1, 1]);
  arrives('call');
  assert.deepEqual(agents(), [2, 1, 0]);
  await ana.accept('call');
  assert.deepEqual(agents(), [2, 1, 0]);
  ben.become('Offline');
  assert.deepEqual(agents(), [1, 1, 0]);
  ana.finish('call');
  arrives('missed');
  clock.advance(20_000);
  assert.deepEqual(agents(), [1, 1, 0]);
});

test('a queue knows how many wait in it, for how long, and an agent is a queue too', (t) => {
  const { arrives, ana, routing, queueArn, clock } = floor(t);
  const support = queueArn(SUPPORT);
  arrives('call', { queueId: SUPPORT });
  clock.advance(60_000);
  arrives('task', { channel: 'TASK', queueId: SUPPORT });
  ana.become('Available');

  const all = routing.metrics(support);
  const tasks = routing.metrics(support, 'TASK');
  const own = routing.metrics(queueArn('agent/d4d4d4d4-0000-4000-8000-00000000d001'));

  assert.equal(all?.contactsInQueue, 2);
  assert.ok(all.oldestContactAgeMs >= 60_000 && all.oldestContactAgeMs < 70_000);
  assert.equal(tasks?.contactsInQueue, 1);
  assert.deepEqual([own?.agentsOnline, own?.contactsInQueue, own?.oldestContactAgeMs], [1, 0, 0]);
  assert.equal(routing.metrics(queueArn('unknown')), undefined);
  assert.throws(() => routing.agent('nobody'), /no agent nobody/);
});
