import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../simulator/clock.ts';
import { createHappenings } from '../simulator/happenings.ts';
import type { Task } from '../simulator/services/connect/contacts/task.ts';
import { waitForDelivery } from './wait-for-delivery.ts';

const CONTACT_ID = 'c0ffee00-0000-4000-8000-0000000000c1';
const HOUR_MS = 3_600_000;
const TASK: Task = {
  contactId: 'c0ffee00-0000-4000-8000-0000000000c2',
  relatedContactId: CONTACT_ID,
  name: 'Voicemail',
  description: 'please call me back',
  references: {},
  attributes: {},
  queueArn: 'any',
  createdAtMs: 0,
};
const NAMES = new Map([['Deliver', 'deliver-voicemail']]);

test('a voicemail on a slow machine is waited for and reported as delivered', async (t) => {
  const at = waiting(t);
  const done = at.clock.busy();

  // Ten minutes on a machine that gives the process a tenth of a core.
  at.look(600, 100);
  at.deliver();
  done();

  assert.equal((await at.outcome).kind, 'delivered');
});

test('a voicemail that a sweep pushes on an hour later is waited for', async (t) => {
  const at = waiting(t);

  at.clock.after(HOUR_MS, () => at.deliver(), { background: true });

  assert.equal((await at.outcome).kind, 'delivered');
});

test('if nothing arrives, the reason says whether the voicemail is still under way', async (t) => {
  const nothing = waiting(t);
  const endless = waiting(t);
  const again = () => void endless.clock.after(HOUR_MS / 2, again);
  again();

  assert.deepEqual(await nothing.outcome, {
    kind: 'failed',
    reasons: ['Nothing arrived: nothing is under way any more.'],
  });
  assert.deepEqual(await endless.outcome, {
    kind: 'failed',
    reasons: ['Nothing arrived: it is still under way after 6 hours of the simulator’s time.'],
  });
});

test('a simulator that hangs is reported as such', async (t) => {
  const at = waiting(t);
  const done = at.clock.busy();

  at.look(1000);

  assert.deepEqual(await at.outcome, {
    kind: 'failed',
    reasons: ['Nothing arrived: it is still under way, but nothing has moved for minutes.'],
  });
  done();
});

/** A voicemail that was left, in a simulator that does nothing by itself. */
function waiting(t: TestContext) {
  const clock = createClock('fast');
  t.after(clock.stop);
  const happenings = createHappenings();
  const looks: (() => void)[] = [];
  const tasks: Task[] = [];
  let cpuMs = 0;
  const outcome = waitForDelivery(
    {
      clock,
      happenings,
      connect: { tasks: () => tasks, contact: () => assert.fail('no contact record was reported') },
      ses: { mails: () => [] },
    },
    {
      call: { contactId: CONTACT_ID, ended: Promise.resolve() },
      nameOf: NAMES,
      pulse: {
        cpuMs: () => cpuMs,
        every(look) {
          looks.push(look);
          return () => void looks.splice(0);
        },
      },
    },
  );
  return {
    clock,
    outcome,
    look(count: number, cpuMsEach = 0) {
      for (let left = count; left > 0; left -= 1) {
        cpuMs += cpuMsEach;
        for (const look of looks) look();
      }
    },
    deliver() {
      const atMs = clock.now();
      tasks.push({ ...TASK, createdAtMs: atMs });
      happenings.tell({ kind: 'task-created', atMs, contactId: 't1', queueArn: 'any' });
      const invocation = { functionId: 'Deliver', requestId: 'r1', about: [], cold: false, durationMs: 1 };
      happenings.tell({ kind: 'invocation', atMs, ...invocation });
    },
  };
}
