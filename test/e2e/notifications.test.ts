import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { laptopWith } from './extras.ts';
import { fileAt } from './laptop.ts';

const DAY_MS = 86_400_000;
const FAILED = 'agents could not be notified of a task';
const world = configuredWorld();
const [billing, support] = world.queues;
const [ana] = world.users;
const CLERK = 'e1e1e1e1-0000-4000-8000-00000000e1e1';
const NO_TASKS = 'e1e1e1e1-0000-4000-8000-00000000e1e2';

/** Ana and Ben have the profile with all queues; Chloe has support alone, and Dan takes calls alone. */
const laptop = await laptopWith(
  { notify: { agents: 'queue' } },
  {
    world: {
      routingProfiles: [
        { id: CLERK, name: 'Support', queues: [{ queueId: support?.id ?? '', channels: ['TASK'] }] },
        { id: NO_TASKS, name: 'Calls', concurrency: { TASK: 0 } },
      ],
      users: [
        ...world.users.map((user) =>
          user.username.startsWith('chloe') ? { ...user, routingProfileId: CLERK } : user,
        ),
        { id: 'd4d4d4d4-0000-4000-8000-00000000d009', username: 'dan', routingProfileId: NO_TASKS },
      ],
    },
  },
);
const { simulator, delivered, calls, logged, until } = laptop;
/** Leaves a message, and waits until its agents have a notification, which come last. */
async function notified(attributes?: Readonly<Record<string, string>>) {
  const left = await delivered(attributes);
  await until('the notification', () => calls('CreateNotification', left.contactId) > 0);
  return left;
}
const seen = (username: string) => simulator.connect.notificationsOf(username);
const counts = () => ['ana.ruiz', 'ben.okafor', 'chloe@example.com', 'dan'].map((name) => seen(name).length);

test('the agents who are offered the queue’s tasks are notified once, with a link and no words of the caller', async () => {
  const { contactId, task } = await notified();

  assert.deepEqual(counts(), [1, 1, 0, 0]);
  const [{ content, expiresAtMs, createdAtMs } = assert.fail()] = seen('ana.ruiz');
  const link = task?.references['Recording']?.value ?? '';
  assert.equal(content['en_US'], `New voicemail for ${billing?.name}. ${link}`);
  assert.equal(Object.keys(content).length, 11);
  assert.doesNotMatch(JSON.stringify(content), /call me back|555/);
  assert.ok(createdAtMs >= (task?.createdAtMs ?? Infinity), 'not before the task');
  assert.ok(Math.abs(expiresAtMs - createdAtMs - 30 * DAY_MS) < DAY_MS / 24);
  assert.ok((await fileAt(link)).length > 44);
  assert.equal(calls('CreateNotification', contactId), 1);
});

test('the agents of a queue are looked up once in ten minutes', async () => {
  const { contactId } = await notified();

  assert.deepEqual([calls('SearchRoutingProfiles', contactId), calls('SearchUsers', contactId)], [0, 0]);
  assert.deepEqual(counts(), [2, 2, 0, 0]);
});

test('a voicemail for one agent is notified to that agent alone; one by mail to nobody', async () => {
  await notified({ vmx3_queue_arn: `${world.instanceArn}/queue/agent/${ana?.id}` });
  assert.deepEqual(counts(), [3, 2, 0, 0]);

  await notified({ vmx3_preferred_agent: 'ben.okafor' });
  assert.deepEqual(counts(), [3, 3, 0, 0]);

  await delivered({ vmx3_mode: 'email' });
  assert.deepEqual(counts(), [3, 3, 0, 0]);
});

test('an answer that is lost makes no second notification', async () => {
  const before = counts();
  simulator.faults.set({ rules: [{ operation: 'CreateNotification', nth: 1, fault: 'cut-after' }] });

  const lines = logged(FAILED).length;
  const { contactId } = await delivered();

  // On a busy machine, the time that a notification may take can be over before a second try.
  await until(
    'the second try, or the report that there is no time for one',
    () => calls('CreateNotification', contactId) === 2 || logged(FAILED).length > lines,
  );
  assert.deepEqual(
    counts(),
    before.map((count, index) => count + (index < 2 ? 1 : 0)),
  );
  simulator.faults.clear();
});

for (const fault of ['throttle', 'fail', 'hang-before'] as const) {
  test(`the delivery stands if the notification has the fault ${fault}`, async () => {
    const before = counts();
    const lines = logged(FAILED).length;
    simulator.faults.set({ rules: [{ operation: 'CreateNotification', fault }] });

    const { contactId, task } = await delivered();

    assert.equal(task?.description, 'please call me back');
    assert.equal(laptop.tasksOf(contactId).length, 1);
    assert.deepEqual(counts(), before);
    await until('the report', () => logged(FAILED).length === lines + 1);
    simulator.faults.clear();
  });
}

test('every right that is given for notifications is used', () => {
  assert.deepEqual(laptop.grantsOf('connect:SearchRoutingProfiles'), [true]);
  assert.deepEqual(laptop.grantsOf('connect:CreateNotification'), [true, true]);
});

test('of more agents than a notification takes, always the same 200 are notified', async () => {
  const users = Array.from({ length: 230 }, (_, index) => ({
    id: `d4d4d4d4-0000-4000-8000-${String(index).padStart(12, '0')}`,
    username: `agent.${index}`,
  }));
  const large = await laptopWith({ notify: { agents: 'queue' } }, { world: { users } });

  const { contactId } = await large.delivered();
  await large.until('the notification', () => large.calls('CreateNotification', contactId) > 0);

  const readers = users.filter(({ username }) => large.simulator.connect.notificationsOf(username).length);
  assert.deepEqual(readers, users.slice(0, 200));
  assert.equal(large.logged('a queue has more agents than a notification can have').length, 1);
});

test('only for the agent: a queue’s agents are not notified, and not looked up', async () => {
  const own = await laptopWith({ notify: { agents: 'agent' } });

  const { contactId } = await own.delivered();
  const anas = await own.delivered({ vmx3_queue_arn: `${world.instanceArn}/queue/agent/${ana?.id}` });
  await own.until('the notification', () => own.calls('CreateNotification', anas.contactId) > 0);

  assert.equal(own.simulator.connect.notificationsOf('ana.ruiz').length, 1);
  assert.equal(own.simulator.connect.notificationsOf('ben.okafor').length, 0);
  assert.equal(own.calls('SearchRoutingProfiles', contactId), 0);
  assert.deepEqual(own.grantsOf('connect:SearchRoutingProfiles'), []);
});
