import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHappenings } from './happenings.ts';

const HANG_UP = { kind: 'hang-up', atMs: 0, contactId: 'c', from: '+15555550142' } as const;

test('a listener that throws affects neither the others nor the sender', () => {
  const bugs: unknown[] = [];
  const heard: string[] = [];
  const happenings = createHappenings((error) => bugs.push(error));
  const mistake = new TypeError('a mistake');
  happenings.listen(() => {
    throw mistake;
  });
  happenings.listen(({ kind }) => heard.push(kind));

  happenings.tell(HANG_UP);

  assert.deepEqual(heard, ['hang-up']);
  assert.deepEqual(bugs, [mistake]);
});

test('a listener that stops, even during a happening, is not called again', () => {
  let count = 0;
  const happenings = createHappenings();
  const stop = happenings.listen(() => {
    count += 1;
    stop();
  });

  happenings.tell(HANG_UP);
  happenings.tell(HANG_UP);

  assert.equal(count, 1);
});
