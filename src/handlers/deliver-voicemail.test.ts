import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { fakeTelemetry } from '../../test/fake-telemetry.ts';
import { NOW, TRANSCRIPT_KEY } from '../../test/voicemails.ts';
import { objectCreatedPush } from '../domain/queue-messages.ts';
import type { FollowUpNews } from '../domain/task-follow-up.ts';
import type { DeliveryRequest, DeliverOutcome, NotOurs } from '../steps/deliver-voicemail.ts';
import { deliveryQueueMessages, deliveryReports } from './deliver-voicemail.ts';

const DELIVERED: DeliverOutcome = {
  kind: 'delivered',
  contactId: CONTACT_ID,
  deliveredAs: 'task',
  hasComeBack: false,
  round: 1,
  endedAtMs: 1000,
};

test('a push and the event of a transcript are delivered, and logged with the way that was taken', async () => {
  const world = delivering(DELIVERED);

  await world.deal({ push: 'deliver', contactId: CONTACT_ID });
  await world.deal(objectCreatedPush(TRANSCRIPT_KEY));

  assert.deepEqual(world.requests, [
    { push: 'deliver', contactId: CONTACT_ID },
    { transcriptKey: TRANSCRIPT_KEY },
  ]);
  assert.equal(world.lines.length, 2);
  for (const line of world.lines) {
    assert.match(
      line,
      new RegExp(`"delivery step done".*${CONTACT_ID}.*"outcome":"delivered","deliveredAs":"task"`),
    );
  }
  assert.deepEqual(world.counted, []);
});

test('a transcript that is not ours is counted as foreign', async () => {
  const world = delivering({ kind: 'not-ours' });

  await world.deal(objectCreatedPush('transcripts/of-another-product.json'));

  assert.deepEqual(world.counted, ['ForeignObjects']);
});

test('deliveries are counted by mode, and those without recording as unrecordable', () => {
  const { reports, counted, delivered } = reporting();

  reports.onDelivered(DELIVERED);
  reports.onDelivered({ ...DELIVERED, kind: 'delivered-unrecorded' });

  assert.deepEqual(counted, ['VoicemailsDelivered', 'VoicemailsUnrecordable']);
  assert.deepEqual(delivered, ['task']);
});

test('a test voicemail is not counted', () => {
  const { reports, counted, delivered } = reporting();

  reports.onDelivered({ ...DELIVERED, isTest: true });

  assert.deepEqual([counted, delivered], [[], []]);
});

test('a voicemail that came back is counted as that, and how long its task waited is no time of delivery', () => {
  const { reports, counted, delivered } = reporting();

  reports.onDelivered({ ...DELIVERED, hasComeBack: true });

  assert.deepEqual([counted, delivered], [['VoicemailsReturned'], []]);
});

test('the end of a task is a delivery only if its voicemail comes back', async () => {
  const world = delivering(DELIVERED);
  const end = { push: 'task-ended', contactId: CONTACT_ID, taskId: 't1', taskIds: ['t1'], endedAtMs: NOW };

  await world.deal({ ...end, hasAgent: true, reason: 'AGENT_DISCONNECT' });
  assert.deepEqual(world.requests, []);

  await world.deal({ ...end, hasAgent: false, reason: 'EXPIRED' });
  assert.deepEqual(world.requests, [{ push: 'deliver', contactId: CONTACT_ID }]);
});

test('what happened after a delivery is noted, and delivers nothing', async () => {
  const world = delivering(DELIVERED);
  const events = [{ id: 'played-1', kind: 'heard', at: 'link', atMs: NOW }];

  await world.deal({ push: 'follow-up', contactId: CONTACT_ID, events });

  assert.deepEqual(world.news, [{ push: 'follow-up', contactId: CONTACT_ID, events }]);
  assert.deepEqual(world.requests, []);
});

test('each way to lose a mail has its own count', () => {
  const { reports, counted } = reporting();

  for (const kind of ['Bounce', 'Complaint', 'Reject', 'Rendering Failure'] as const) {
    reports.onMailLost({ kind, contactId: CONTACT_ID, messageId: 'mail-1' });
  }

  assert.deepEqual(counted, ['EmailsBounced', 'EmailsComplained', 'EmailsRejected', 'EmailsUnrendered']);
});

function delivering(outcome: DeliverOutcome | NotOurs) {
  const { lines, counted, ...telemetry } = fakeTelemetry();
  const requests: DeliveryRequest[] = [];
  const news: FollowUpNews[] = [];
  const deal = deliveryQueueMessages({
    async deliver(request) {
      requests.push(request);
      return outcome;
    },
    async noteMailEvent() {},
    noteTaskEnd: async ({ reason }) => (reason === 'EXPIRED' ? 'comes-back' : 'over'),
    async noteFollowUp(one) {
      news.push(one);
      return 'noted';
    },
    ...telemetry,
  });
  return { deal, requests, news, lines, counted };
}

function reporting() {
  const { log, meter, counted } = fakeTelemetry();
  const delivered: string[] = [];
  const counting = { ...meter, delivered: (mode: string) => void delivered.push(mode) };
  return { reports: deliveryReports({ log, meter: counting, now: () => NOW }), counted, delivered };
}
