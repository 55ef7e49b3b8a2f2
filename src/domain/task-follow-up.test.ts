import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { followUpOf } from './follow-up.ts';
import type { TaskEnd } from './task-end.ts';
import { followUpNewsIn, followUpsOfTask } from './task-follow-up.ts';

const ANA = 'arn:aws:connect:us-east-1:111122223333:instance/i/agent/ana';
const ACCEPTED = '2026-03-04T15:00:00.420Z';
const EVENT = {
  'detail-type': 'Amazon Connect Contact Event',
  source: 'aws.connect',
  detail: {
    eventType: 'CONNECTED_TO_AGENT',
    channel: 'TASK',
    contactId: 'task-2',
    initialContactId: 'task-1',
    relatedContactId: CONTACT_ID,
    agentInfo: { agentArn: ANA, connectedToAgentTimestamp: ACCEPTED },
  },
};
const END: TaskEnd = {
  contactId: CONTACT_ID,
  taskId: 'task-2',
  taskIds: ['task-2', 'task-1'],
  endedAtMs: Date.parse('2026-03-04T15:00:00Z'),
  hasAgent: true,
  agentArn: ANA,
  acceptedAtMs: Date.parse('2026-03-04T15:00:00Z'),
  reason: 'AGENT_DISCONNECT',
};

test('an agent who accepts the task has taken the voicemail', () => {
  assert.deepEqual(followUpNewsIn(EVENT), {
    contactId: CONTACT_ID,
    taskIds: ['task-2', 'task-1'],
    events: [
      {
        id: 'task-2:taken',
        kind: 'taken',
        at: 'task',
        taskId: 'task-2',
        atMs: Date.parse(ACCEPTED),
        by: ANA,
      },
    ],
  });
});

test('events of calls, of tasks without another contact, and other messages say nothing', () => {
  const { relatedContactId: _, ...alone } = EVENT.detail;
  for (const message of [
    { ...EVENT, detail: { ...EVENT.detail, channel: 'VOICE' } },
    { ...EVENT, detail: { ...EVENT.detail, eventType: 'QUEUED' } },
    { ...EVENT, detail: alone },
    { push: 'deliver', contactId: CONTACT_ID },
    null,
  ])
    assert.equal(followUpNewsIn(message), undefined);
});

test('the record of a task says the same as the event before it, within one second too', () => {
  const fromEvent = followUpNewsIn(EVENT)?.events ?? [];
  const fromRecord = followUpsOfTask(END, 'agent');

  assert.equal(fromRecord.at(0)?.id, fromEvent.at(0)?.id);
  const { stage, handled } = followUpOf([...fromEvent, ...fromRecord.slice(1)]);
  assert.deepEqual([stage, handled?.by, handled?.outcome], ['handled', ANA, 'unsaid']);
});

test('a task that is passed on, or that runs out in an agent’s hands, is nobody’s', () => {
  for (const change of [{ isPassedOn: true }, { reason: 'EXPIRED' }]) {
    const events = followUpsOfTask({ ...END, ...change }, 'agent');
    assert.equal(followUpOf(events).stage, 'unheard');
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['taken', 'released'],
    );
  }
});

test('a task that nobody had says nothing, and one that ended in a flow of the voicemail is handled', () => {
  const unseen = { ...END, hasAgent: false, agentArn: undefined, acceptedAtMs: undefined };
  assert.deepEqual(followUpsOfTask(unseen, 'nobody'), []);
  assert.equal(followUpOf(followUpsOfTask(unseen, 'own-flow')).stage, 'handled');
});
