import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID, contactRecord, INSTANCE_ARN } from '../../test/contact-record.ts';
import { readContactRecord } from './contact-record.ts';
import { taskEnding } from './task-end.ts';

const TASK_ID = '7a5c0000-0000-4000-8000-00000000a5c1';
const defaults = { instanceArn: INSTANCE_ARN, language: 'en-US' };

/** The record of a task with all that the call had, its flag and recordings too. */
function recordOfTask(changes: Record<string, unknown> = {}) {
  const record = contactRecord({
    Channel: 'TASK',
    ContactId: TASK_ID,
    InitiationMethod: 'API',
    RelatedContactId: CONTACT_ID,
    DisconnectReason: 'EXPIRED',
    DisconnectTimestamp: '2026-03-11T14:02:00Z',
    Attributes: { vmx3_flag: '1', vmx3_contact_id: CONTACT_ID },
    ...changes,
  });
  return readContactRecord(record, defaults);
}

test('the record of a task is the end of that task, and never a voicemail, whatever it has of the call', () => {
  assert.deepEqual(recordOfTask(), {
    kind: 'task-ended',
    end: {
      contactId: CONTACT_ID,
      taskId: TASK_ID,
      taskIds: [TASK_ID],
      endedAtMs: Date.parse('2026-03-11T14:02:00Z'),
      hasAgent: false,
      reason: 'EXPIRED',
    },
  });
});

test('a task that goes on in another contact, is open, or is of no voicemail, has no end', () => {
  assert.equal(recordOfTask({ NextContactId: CONTACT_ID }), undefined);
  assert.equal(recordOfTask({ DisconnectTimestamp: null }), undefined);
  assert.equal(recordOfTask({ Attributes: { vmx3_flag: '1' } }), undefined);
  assert.equal(recordOfTask({ Attributes: { vmx3_contact_id: '../x' } }), undefined);
  assert.equal(recordOfTask({ InstanceARN: `${INSTANCE_ARN}b` }), undefined);
});

test('after a transfer the record names the contacts before it, and a reason that is no word is left out', () => {
  const found = recordOfTask({
    InitialContactId: 'first',
    PreviousContactId: 'second',
    DisconnectReason: 'Ana said so',
  });

  assert.ok(found?.kind === 'task-ended');
  assert.deepEqual([found.end.taskIds, found.end.reason], [[TASK_ID, 'first', 'second'], '']);
});

test('whatever the reason, a task that an agent had was seen, and any other only if a flow of its own ended it', () => {
  for (const DisconnectReason of [
    'AGENT_COMPLETED',
    'AGENT_DISCONNECT',
    'EXPIRED',
    'API',
    'OTHER',
    'NEW_ONE',
  ]) {
    const [alone, withAgent] = [{}, { Agent: { Username: 'ana.ruiz' } }].map((changes) => {
      const found = recordOfTask({ DisconnectReason, ...changes });
      assert.ok(found?.kind === 'task-ended');
      assert.equal(found.end.reason, DisconnectReason);
      return taskEnding(found.end, { vmx3_task_flow: 'mine' });
    });
    assert.deepEqual([alone, withAgent], ['nobody', 'agent']);
  }
});

test('a task was seen if an agent had it, and a flow of the voicemail’s own may end it', () => {
  const found = recordOfTask();
  assert.ok(found?.kind === 'task-ended');
  const byFlow = { ...found.end, reason: 'CONTACT_FLOW_DISCONNECT' };

  assert.equal(taskEnding({ ...found.end, hasAgent: true }, {}), 'agent');
  assert.equal(taskEnding(byFlow, {}), 'nobody');
  assert.equal(taskEnding(byFlow, { vmx3_task_flow: 'mine' }), 'own-flow');
  assert.equal(taskEnding(found.end, { vmx3_task_flow: 'mine' }), 'nobody');
});

test('the end of a test voicemail’s task says so', () => {
  const Attributes = { vmx3_contact_id: CONTACT_ID, vmx3_test: '1' };
  const found = recordOfTask({ Attributes });

  assert.equal(found?.kind === 'task-ended' && found.end.isTest, true);
});
