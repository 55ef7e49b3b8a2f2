import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import { entryOf, NOW } from '../../test/voicemails.ts';
import { followUpOf } from '../domain/follow-up.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import type { TaskEnd } from '../domain/task-end.ts';
import { noteTaskEnd } from './note-task-end.ts';

const DAY_MS = 86_400_000;
const END: TaskEnd = {
  contactId: CONTACT_ID,
  taskId: 'task-1',
  taskIds: ['task-1'],
  endedAtMs: NOW,
  hasAgent: false,
  reason: 'EXPIRED',
};
const DELIVERED = entryOf({ state: 'delivered', deliveredAs: 'task', deliveredId: 'task-1' });

function ledgerWith(...entries: readonly LedgerEntry[]) {
  const ledger = fakeLedger(entries);
  const unseen: string[] = [];
  const ports = {
    ...ledger.ports,
    retentionMs: 30 * DAY_MS,
    now: () => NOW,
    onEndedUnseen: ({ contactId }: TaskEnd) => void unseen.push(contactId),
  };
  return {
    unseen,
    entry: () => ledger.kept.get(CONTACT_ID),
    note: (change: Partial<TaskEnd> = {}) => noteTaskEnd({ ...END, ...change }, ports),
  };
}

test('a voicemail whose task nobody took comes back once, and the second time there is an alarm', async () => {
  const world = ledgerWith(DELIVERED);

  assert.equal(await world.note(), 'comes-back');
  const { state, deliveredAs, taskEnd, dueAtMs } = world.entry() ?? {};
  assert.deepEqual([state, deliveredAs, taskEnd?.reason], ['delivering', undefined, 'EXPIRED']);
  assert.ok(dueAtMs !== undefined && dueAtMs > NOW);
  // The function crashed before it delivered, and the message comes again.
  assert.equal(await world.note(), 'comes-back');

  const returned = ledgerWith({ ...DELIVERED, deliveredId: 'task-2', returnedAtMs: NOW });
  assert.equal(await returned.note({ taskId: 'task-2', taskIds: ['task-2'] }), 'ended-unseen');
  assert.equal(await returned.note({ taskId: 'task-2', taskIds: ['task-2'] }), 'known');
  assert.deepEqual(returned.unseen, [CONTACT_ID]);
});

test('the task of a voicemail that somebody handled otherwise does not come back when it ends', async () => {
  const followUps = [{ id: 'h', kind: 'handled', at: 'command', atMs: NOW, outcome: 'called-back' }];
  const world = ledgerWith({ ...DELIVERED, followUps });

  assert.equal(await world.note(), 'over');

  assert.deepEqual([world.entry()?.state, world.unseen], ['delivered', []]);
});

test('an agent who ends the task has handled the voicemail, and one who passes it on has not', async () => {
  const agentArn = 'arn:aws:connect:us-east-1:111122223333:instance/i/agent/ana';
  const byAna = { hasAgent: true, agentArn, acceptedAtMs: NOW - 5000, reason: 'AGENT_DISCONNECT' };
  const passedOn = ledgerWith(DELIVERED);
  assert.equal(await passedOn.note({ ...byAna, isPassedOn: true }), 'passed-on');
  assert.equal(followUpOf(passedOn.entry()?.followUps).stage, 'unheard');
  assert.equal(passedOn.entry()?.taskEnd, undefined);

  const ended = ledgerWith(DELIVERED);
  assert.equal(await ended.note(byAna), 'over');
  assert.equal(await ended.note(byAna), 'known');
  const { stage, handled } = followUpOf(ended.entry()?.followUps);
  assert.deepEqual([stage, handled?.by, handled?.outcome], ['handled', agentArn, 'unsaid']);
});

test('the first task’s record that comes late or again changes nothing', async () => {
  const world = ledgerWith({ ...DELIVERED, deliveredId: 'task-2', returnedAtMs: NOW });

  assert.equal(await world.note(), 'not-ours');
  assert.equal(await world.note({ endedAtMs: NOW - 4 * DAY_MS }), 'outdated');
  assert.equal(world.entry()?.deliveredId, 'task-2');
});

test('a task that an agent had is over, and so is one that a flow of the voicemail’s own ended', async () => {
  const taken = ledgerWith(DELIVERED);
  const attributes = { vmx3_task_flow: 'mine' };
  const own = ledgerWith({ ...DELIVERED, voicemail: { ...DELIVERED.voicemail, attributes } });

  assert.equal(await taken.note({ hasAgent: true, reason: 'AGENT_DISCONNECT' }), 'over');
  assert.equal(await own.note({ reason: 'CONTACT_FLOW_DISCONNECT' }), 'over');
  assert.deepEqual([taken.entry()?.state, own.entry()?.taskEnd?.hasAgent], ['delivered', false]);
  assert.equal(await taken.note({ hasAgent: true }), 'known');
});

test('a record that comes before the ledger knows of the task waits for it', async () => {
  const world = ledgerWith(entryOf({ state: 'delivering' }));

  await assert.rejects(world.note(), { name: 'RetryableError', code: 'NOT_READY' });
});

test('a voicemail whose recording is deleted does not come back, and there is an alarm', async () => {
  const endedAtMs = NOW - 30 * DAY_MS;
  const old = ledgerWith({ ...DELIVERED, voicemail: { ...DELIVERED.voicemail, endedAtMs } });
  const gone = ledgerWith();

  assert.equal(await old.note(), 'ended-unseen');
  assert.equal(await gone.note(), 'ended-unseen');
  assert.equal(await gone.note({ hasAgent: true }), 'not-ours');
  assert.deepEqual([old.unseen, gone.unseen], [[CONTACT_ID], [CONTACT_ID]]);
});

test('a task to which only the attributes were copied is not the voicemail’s', async () => {
  const world = ledgerWith(DELIVERED);

  assert.equal(await world.note({ taskId: 'other', taskIds: ['other'] }), 'not-ours');
  assert.equal(await world.note({ taskId: 'other', taskIds: ['other', 'task-1'] }), 'comes-back');
});

test('the task of a test voicemail does not come back, and nobody need look, whether it is still in the ledger', async () => {
  const kept = ledgerWith({ ...DELIVERED, voicemail: { ...DELIVERED.voicemail, isTest: true } });
  const removed = ledgerWith();

  assert.equal(await kept.note({ isTest: true }), 'over');
  assert.equal(await removed.note({ isTest: true }), 'over');
  assert.equal(kept.entry()?.state, 'delivered');
  assert.deepEqual([...kept.unseen, ...removed.unseen], []);
});

test('a flow that writes the attribute of tests on the task of a caller hides nothing', async () => {
  const world = ledgerWith(DELIVERED);

  assert.equal(await world.note({ isTest: true }), 'comes-back');
});

test('the end of a task of an erased voicemail brings nothing back', async () => {
  const erased = { ...DELIVERED, erasedAtMs: NOW };
  const world = ledgerWith(erased);

  assert.equal(await world.note(), 'over');

  assert.deepEqual([world.entry(), world.unseen], [erased, []]);
});
