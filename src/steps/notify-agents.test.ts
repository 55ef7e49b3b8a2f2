import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BILLING_ARN, CONTACT_ID, INSTANCE_ARN } from '../../test/contact-record.ts';
import { NOW, voicemailOf } from '../../test/voicemails.ts';
import type { Delivery } from '../domain/delivery.ts';
import { RetryableError } from '../domain/errors.ts';
import { type AgentNotification, notifyAgents, type Notifying } from './notify-agents.ts';

const DAY_MS = 86_400_000;
const LINK = 'https://links.example.com/r/token';
const DELIVERY: Delivery = {
  voicemail: voicemailOf(),
  recipient: { queueArn: BILLING_ARN, name: 'Billing' },
  linkUrl: LINK,
  notes: [],
  timeZone: 'UTC',
};
const FOR_ANA: Delivery = {
  ...DELIVERY,
  recipient: { queueArn: `${INSTANCE_ARN}/queue/agent/ana`, name: 'Ana Ruiz' },
};
const FAILURE = new RetryableError('UNAVAILABLE', 'later');

function world(changes: Partial<Notifying> = {}) {
  const sent: AgentNotification[] = [];
  const reports: unknown[] = [];
  const asked: string[] = [];
  const notifying: Notifying = {
    agents: 'queue',
    lifeMs: 30 * DAY_MS,
    async agentsOfQueue(queueId) {
      asked.push(queueId);
      return { userIds: ['ana', 'ben'], hasMore: false };
    },
    async notify(notification) {
      sent.push(notification);
    },
    ...changes,
  };
  const ports = {
    notifying,
    instanceArn: INSTANCE_ARN,
    now: () => NOW,
    onAgentsLeftOut: (contactId: string) => void reports.push(`left out: ${contactId}`),
    onNotNotified: (_: string, error: unknown) => void reports.push(error),
  };
  const notify = (delivery: Delivery, round = 1) => notifyAgents(delivery, round, ports);
  return { notify, sent, reports, asked, ports };
}

test('the agents of the queue read that it has a voicemail, for as long as its link works', async () => {
  const { notify, sent, asked, reports } = world();

  await notify(DELIVERY);

  const [{ texts, ...rest } = assert.fail()] = sent;
  assert.deepEqual(rest, {
    contactId: CONTACT_ID,
    round: 1,
    userIds: ['ana', 'ben'],
    expiresAtMs: DELIVERY.voicemail.endedAtMs + 30 * DAY_MS,
  });
  assert.equal(texts.en_US, `New voicemail for Billing. ${LINK}`);
  assert.deepEqual([asked, reports], [[BILLING_ARN.slice(BILLING_ARN.lastIndexOf('/') + 1)], []]);
});

test('a voicemail for one agent is notified to that agent alone, and no list is asked for', async () => {
  const { notify, sent, asked } = world();
  const preferredAgent = { userId: 'chloe', name: 'Chloe' };

  await notify(FOR_ANA);
  await notify({ ...DELIVERY, recipient: { ...DELIVERY.recipient, preferredAgent } }, 2);

  assert.deepEqual(
    sent.map(({ userIds, round }) => [...userIds, round]),
    [
      ['ana', 1],
      ['chloe', 2],
    ],
  );
  assert.match(sent[1]?.texts.en_US ?? '', /^New voicemail for Chloe\./);
  assert.deepEqual(asked, []);
});

test('with "agent" the agents of a queue get no notification', async () => {
  const { notify, sent, asked } = world({ agents: 'agent' });

  await notify(DELIVERY);
  await notify(FOR_ANA);

  assert.deepEqual([sent.length, asked.length], [1, 0]);
});

test('what nobody can read or should read is not sent', async () => {
  const { notify, sent } = world();
  const old = { ...DELIVERY, voicemail: voicemailOf({ endedAtMs: NOW - 30 * DAY_MS }) };

  await notify({ ...DELIVERY, voicemail: voicemailOf({ isTest: true }) });
  await notify(old);
  await world({ agentsOfQueue: async () => ({ userIds: [], hasMore: false }) }).notify(DELIVERY);
  await notifyAgents(DELIVERY, 1, { ...world().ports, notifying: undefined });

  assert.deepEqual(sent, []);
});

test('of a queue with more agents than a notification takes, some are left out, which is reported', async () => {
  const { notify, sent, reports } = world({
    agentsOfQueue: async () => ({ userIds: ['ana'], hasMore: true }),
  });

  await notify(DELIVERY);

  assert.deepEqual([sent.length, reports], [1, [`left out: ${CONTACT_ID}`]]);
});

test('a failure is reported, and nothing is thrown', async () => {
  const fails = () => Promise.reject(FAILURE);
  const unsent = world({ notify: fails });
  const unknown = world({ agentsOfQueue: fails });

  await unsent.notify(DELIVERY);
  await unknown.notify(DELIVERY);

  assert.deepEqual([unsent.reports, unknown.reports], [[FAILURE], [FAILURE]]);
});
