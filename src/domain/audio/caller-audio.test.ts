import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_AUDIO_BLOCKS } from './audio-blocks.ts';
import { fragmentNumbersOf, fragmentQueue, voiceOf } from './caller-audio.ts';
import type { Fragment } from './kvs-fragments.ts';

const ALICE = 'c0ffee00-0000-4000-8000-0000000000c1';
const BOB = 'c0ffee00-0000-4000-8000-0000000000c2';
const RECORDING = {
  streamArn: 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/acme/1767225600000',
  fragmentStartNumber: '91343852333181499999999999999900000000000000101',
  fragmentStopNumber: '91343852333181499999999999999900000000000000104',
  startMs: 0,
  stopMs: 0,
};
const numbered = (last: number) => `91343852333181499999999999999900000000000000${last}`;

/** A fragment's whereabouts; `stated` is its ContactId. */
function fragmentOf({ stated, session }: { stated?: string; session?: string }): Fragment {
  return {
    ...(stated && { contactId: stated }),
    ...(session && { segmentUid: session }),
    audio: NO_AUDIO_BLOCKS,
    truncated: false,
  };
}

test('of a list in any order, with neighbors and repeats, the fragments between both ends are asked for, in order', () => {
  const listed = [104, 102, 999, 103, 100, 101, 103].map(numbered);

  assert.deepEqual(fragmentNumbersOf(RECORDING, listed), [101, 102, 103, 104].map(numbered));
});

test('both ends are requested even if the list does not have them yet', () => {
  assert.deepEqual(fragmentNumbersOf(RECORDING, []), [101, 104].map(numbered));
});

test('numbers are compared as numbers, not as text', () => {
  const recording = { ...RECORDING, fragmentStartNumber: '9', fragmentStopNumber: '101' };

  assert.deepEqual(fragmentNumbersOf(recording, ['100', '10', '99', '1000']), [
    '9',
    '10',
    '99',
    '100',
    '101',
  ]);
});

test("another contact's fragment is never part of the message", () => {
  const isAlices = voiceOf(ALICE);

  assert.equal(isAlices(fragmentOf({ stated: ALICE, session: 'a' })), true);
  assert.equal(isAlices(fragmentOf({ stated: BOB, session: 'b' })), false);
  assert.equal(isAlices(fragmentOf({ stated: BOB, session: 'a' })), false);
});

test('a fragment without a contact id belongs to the last contact of its session', () => {
  const isAlices = voiceOf(ALICE);
  isAlices(fragmentOf({ stated: ALICE, session: 'a' }));
  isAlices(fragmentOf({ stated: BOB, session: 'b' }));

  assert.equal(isAlices(fragmentOf({ session: 'a' })), true);
  assert.equal(isAlices(fragmentOf({ session: 'b' })), false);
});

test('a fragment of an unknown session belongs to the contact whose record named its number', () => {
  const isAlices = voiceOf(ALICE);

  assert.equal(isAlices(fragmentOf({ session: 'a' })), true);
  assert.equal(isAlices(fragmentOf({})), true);
});

test('fragments are returned in the requested order, in whatever order they arrive', () => {
  const queue = fragmentQueue(['1', '2', '3', '4']);
  const [one, two, three] = [{ session: '1' }, { session: '2' }, { session: '3' }].map(fragmentOf);
  assert.ok(one && two && three);

  assert.deepEqual(queue.take('3', three), []);
  assert.deepEqual(queue.take('1', one), [one]);
  assert.deepEqual(queue.take('2', two), [two, three]);
  assert.deepEqual(queue.missing(), ['4']);
});

test('a fragment that arrives twice, or was not requested, is ignored', () => {
  const queue = fragmentQueue(['1', '2']);
  const fragment = fragmentOf({});

  assert.equal(queue.take('1', fragment).length, 1);
  assert.equal(queue.take('1', fragment).length, 0);
  assert.equal(queue.take('9', fragment).length, 0);
});

test('after a fragment is given up, those after it are returned', () => {
  const queue = fragmentQueue(['1', '2']);
  const second = fragmentOf({ session: '2' });
  queue.take('2', second);

  assert.deepEqual(queue.giveUp('1'), [second]);
  assert.deepEqual(queue.missing(), []);
});
