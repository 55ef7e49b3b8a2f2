import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  FOLLOW_UP_KINDS,
  FOLLOW_UP_PLACES,
  type FollowUpEvent,
  followUpOf,
  noteWithin,
  OUTCOMES,
  withEvents,
} from './follow-up.ts';

const ANA = 'arn:aws:connect:us-east-1:111122223333:instance/i/agent/ana';
const BEN = 'arn:aws:connect:us-east-1:111122223333:instance/i/agent/ben';

function event(kind: string, atMs: number, more: Partial<FollowUpEvent> = {}): FollowUpEvent {
  return { id: `${kind}-${atMs}`, kind, at: 'task', atMs, ...more };
}

function stageAfter(...events: readonly FollowUpEvent[]) {
  return followUpOf(events).stage;
}

test('a voicemail is unheard, heard, taken and handled', () => {
  assert.equal(followUpOf(undefined).stage, 'unheard');
  assert.equal(stageAfter(event('heard', 1)), 'heard');
  assert.equal(stageAfter(event('heard', 1), event('taken', 2)), 'taken');
  assert.equal(stageAfter(event('taken', 2), event('handled', 3, { outcome: 'called-back' })), 'handled');
});

test('who releases it leaves it as it was before, and only what that task had', () => {
  assert.equal(stageAfter(event('taken', 1), event('released', 2)), 'unheard');
  assert.equal(stageAfter(event('heard', 1), event('taken', 2), event('released', 3)), 'heard');
  const second = event('taken', 3, { taskId: 'second', by: BEN });
  const late = event('released', 4, { taskId: 'first' });
  const { stage, taken } = followUpOf([event('taken', 1, { taskId: 'first', by: ANA }), second, late]);
  assert.deepEqual([stage, taken?.by], ['taken', BEN]);
});

test('a word about the outcome counts, whether it is said before the task ends or after', () => {
  const ended = event('handled', 5, { outcome: 'unsaid', by: ANA });
  const before = event('handled', 4, { id: 'b', outcome: 'no-answer', note: 'No reply.' });
  const later = event('handled', 9, { id: 'l', outcome: 'called-back' });

  assert.equal(followUpOf([ended]).handled?.outcome, 'unsaid');
  assert.equal(followUpOf([ended, before]).handled?.outcome, 'no-answer');
  assert.equal(followUpOf([ended, before, later]).handled?.outcome, 'called-back');
});

test('a reopened voicemail waits again, and what was heard stays heard', () => {
  const handled = event('handled', 3, { outcome: 'other' });
  assert.equal(stageAfter(handled, event('reopened', 4)), 'unheard');
  assert.equal(stageAfter(event('heard', 1), handled, event('reopened', 4), event('taken', 5)), 'taken');
});

test('an assigned voicemail is taken by nobody', () => {
  const { stage, assignedTo } = followUpOf([event('taken', 1), event('assigned', 2, { to: ANA })]);
  assert.deepEqual([stage, assignedTo], ['unheard', ANA]);
});

test('an event of a later version is kept, and changes nothing', () => {
  const later = event('shared', 2, { with: BEN });
  const events = withEvents([event('taken', 1)], [later]) ?? [];
  assert.deepEqual(followUpOf(events), followUpOf([event('taken', 1)]));
  assert.deepEqual(events.at(-1), later);
});

const someEvent = fc.record({
  id: fc.string({ minLength: 1, maxLength: 3 }),
  kind: fc.constantFrom(...FOLLOW_UP_KINDS, 'of-later-version'),
  atMs: fc.integer({ min: 0, max: 9 }),
  at: fc.constantFrom(...FOLLOW_UP_PLACES),
  by: fc.constantFrom(ANA, BEN),
  taskId: fc.constantFrom('first', 'second'),
  outcome: fc.constantFrom(...OUTCOMES),
  to: fc.constantFrom(ANA, BEN),
});
const someEvents = fc.uniqueArray(someEvent, { selector: ({ id }) => id, maxLength: 12 });

test('whatever the order in which events come, and however often, the result is the same', () => {
  fc.assert(
    fc.property(
      someEvents.chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
        ),
      ),
      ([events, asTheyCome]) => {
        const known = asTheyCome.reduce<readonly FollowUpEvent[]>(
          (before, one) => withEvents(before, [one]) ?? before,
          [],
        );
        assert.deepEqual(followUpOf(known), followUpOf(events));
      },
    ),
  );
});

test('what is known is no change', () => {
  const taken = event('taken', 1);
  assert.equal(withEvents([taken], [taken]), undefined);
  assert.equal(withEvents([taken], []), undefined);
});

test('of a recording that one person plays often, the first and the last time are kept', () => {
  const plays = Array.from({ length: 50 }, (_, n) => event('heard', n, { by: ANA, at: 'link' }));
  const known = plays.reduce<readonly FollowUpEvent[]>(
    (before, one) => withEvents(before, [one]) ?? before,
    [],
  );
  assert.deepEqual(
    known.map(({ atMs }) => atMs),
    [0, 49],
  );
});

test('however much happens, an entry has room for it, and decisions stay', () => {
  const handled = event('handled', 0, { outcome: 'called-back' });
  const reopened = event('reopened', 1);
  const taken = Array.from({ length: 500 }, (_, n) => event('taken', n + 2, { id: `t${n}` }));

  const kept = withEvents([handled, reopened], taken) ?? [];

  assert.equal(kept.length, 200);
  assert.deepEqual(kept.slice(0, 2), [handled, reopened]);
  assert.equal(kept.at(-1)?.id, 't499');
});

test('a note is cut at a thousand characters, and has nothing that ends a line elsewhere', () => {
  assert.equal(noteWithin('  called\u2028 twice\n'), 'called  twice');
  assert.equal(noteWithin('word '.repeat(400)).length <= 1000, true);
});
