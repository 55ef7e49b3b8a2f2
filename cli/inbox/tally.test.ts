import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BILLING_ARN } from '../../test/contact-record.ts';
import { NOW, voicemailOf } from '../../test/voicemails.ts';
import { type FollowUpEvent, followUpOf } from '../../src/domain/follow-up.ts';
import { tallies, tallyOf } from './tally.ts';

const ANA = 'arn:aws:connect:us-east-1:111122223333:instance/i/agent/ana';
const ENDED = voicemailOf().endedAtMs;

function followed(...events: readonly [kind: string, seconds: number, more?: Partial<FollowUpEvent>][]) {
  const followUps = events.map(([kind, seconds, more], index) => ({
    id: `${index}`,
    kind,
    at: 'task',
    atMs: ENDED + seconds * 1000,
    ...more,
  }));
  return {
    contactId: 'c',
    state: 'delivered',
    attempts: 0,
    times: { delivered: NOW },
    unreadable: [],
    voicemail: voicemailOf(),
    recipientArn: BILLING_ARN,
    followUp: followUpOf(followUps),
  };
}

test('a group is counted by the stages and outcomes of its voicemails', () => {
  const some = [
    followed(),
    followed(['heard', 60]),
    followed(['heard', 30], ['handled', 300, { outcome: 'called-back', by: ANA }]),
    followed(['handled', 100, { outcome: 'unsaid', by: ANA }]),
  ];
  const { toHeard, toHandled, outcomes, ...counts } = tallyOf('all', some);

  assert.deepEqual(counts, { group: 'all', delivered: 4, unheard: 1, waiting: 2, handled: 2 });
  assert.deepEqual(outcomes, { 'called-back': 1, unsaid: 1 });
  assert.deepEqual(
    [toHeard, toHandled],
    [
      { p50: 30, p95: 60 },
      { p50: 100, p95: 300 },
    ],
  );
});

test('of a hundred, the 95th is the 95th', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => followed(['handled', n + 1, { outcome: 'other' }]));
  assert.deepEqual(tallyOf('all', hundred).toHandled, { p50: 50, p95: 95 });
});

test('they are grouped by recipient, by who had them, and by day', () => {
  const some = [followed(['taken', 5, { by: ANA }]), followed()];
  const groups = (by: 'queue' | 'agent' | 'day') =>
    tallies(some, by, () => '2026-03-04').map(({ group, delivered }) => [group, delivered]);
  assert.deepEqual(groups('queue'), [[BILLING_ARN, 2]]);
  assert.deepEqual(groups('agent'), [[ANA, 1]]);
  assert.deepEqual(groups('day'), [['2026-03-04', 2]]);
});

test('nothing has no percentiles', () => {
  assert.deepEqual(tallyOf('all', []).toHeard, undefined);
});
