import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BILLING_ARN, CONTACT_ID } from '../../test/contact-record.ts';
import { RECORDING_KEY, recordingOf, voicemailOf } from '../../test/voicemails.ts';
import type { Delivery } from '../domain/delivery.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { type NotAttached, startTaskFor, type TaskStartingPorts, type TaskTarget } from './start-task.ts';

const DELIVERY: Delivery = {
  voicemail: voicemailOf(),
  recipient: { queueArn: BILLING_ARN, name: 'Billing' },
  recording: recordingOf({ durationMs: 65_300 }),
  transcript: { kind: 'text', text: 'Please call me back.' },
  linkUrl: 'https://links.example.com/r/token',
  notes: [],
  timeZone: 'UTC',
};
const WITHOUT_LINKS: Delivery = { ...DELIVERY, linkUrl: undefined, isWithoutLinks: true };
const TARGET: TaskTarget = { contactId: CONTACT_ID, flowId: 'flow', lifeMs: 1, round: 1 };
const REFUSED = new PermanentError('REFUSED', 'no');
const FILE_URL = `https://acme.s3.us-east-1.amazonaws.com/${RECORDING_KEY}?X-Amz-Signature=1`;

/** Amazon Connect, and what it is asked. `failure`: of a task with an attachment. */
function world(change: Partial<TaskStartingPorts> & { failure?: Error } = {}) {
  const { failure, ...ports } = change;
  const starts: (TaskTarget & { readonly description: string })[] = [];
  const missing: NotAttached[] = [];
  const all: TaskStartingPorts = {
    async startTask({ description }, target) {
      starts.push({ ...target, description });
      if (target.attachment && failure) throw failure;
      return `task-${starts.length}`;
    },
    urlToAttach: async (key) => FILE_URL.replace(RECORDING_KEY, key),
    onNotAttached: (_, why) => void missing.push(why),
    setback: assert.fail,
    ...ports,
  };
  const start = (delivery: Delivery, mode: 'task' | 'guided_task' = 'guided_task', isLast = false) =>
    startTaskFor(delivery, { mode, target: TARGET, isLast }, all);
  return { start, starts, missing };
}

test('a task has the recording attached, by a name that says nothing of the caller', async () => {
  const { start, starts, missing } = world();

  assert.equal(await start(DELIVERY), 'task-1');

  assert.deepEqual(starts, [
    {
      ...TARGET,
      description: 'Please call me back.',
      attachment: { fileName: 'voicemail-2026-03-04-c0ffee00.wav', url: FILE_URL },
    },
  ]);
  assert.deepEqual(missing, []);
});

test('by default, and without a recording, there is one call and no attachment', async () => {
  const off = world({ urlToAttach: undefined });
  const nothing = world();

  await off.start(DELIVERY);
  await nothing.start({ ...DELIVERY, recording: undefined });

  for (const { starts, missing } of [off, nothing]) {
    assert.deepEqual([starts.length, starts[0]?.attachment, missing.length], [1, undefined, 0]);
  }
});

test('a refused attachment is left out, and the second try says that the first was refused', async () => {
  const { start, starts, missing } = world({ failure: REFUSED });

  assert.equal(await start(DELIVERY), 'task-2');

  assert.deepEqual(starts[1], { ...TARGET, isAfterRefusal: true, description: 'Please call me back.' });
  assert.deepEqual(missing, [{ error: REFUSED }]);
});

test('an attachment at which Amazon Connect fails does not hold up the task, which may exist already', async () => {
  const failure = new RetryableError('UNAVAILABLE', 'later');
  const { start, starts, missing } = world({ failure });

  assert.equal(await start(DELIVERY), 'task-2');

  assert.deepEqual(starts[1], { ...TARGET, description: 'Please call me back.' });
  assert.deepEqual(missing, [{ error: failure }]);
});

test('throttling is not about the attachment: the voicemail comes again', async () => {
  const failure = new RetryableError('THROTTLED', 'later');
  const { start, starts, missing } = world({ failure });

  await assert.rejects(start(DELIVERY), failure);

  assert.deepEqual([starts.length, missing.length], [1, 0]);
});

test('a URL that is too long is not tried, and one that cannot be made stops nothing', async () => {
  const longUrl = world({ urlToAttach: async () => FILE_URL.padEnd(2001, 'x') });
  const noUrl = world({ urlToAttach: () => Promise.reject(REFUSED) });
  const longest = world({ urlToAttach: async () => FILE_URL.padEnd(2000, 'x') });

  for (const { start } of [longUrl, noUrl, longest]) assert.equal(await start(DELIVERY), 'task-1');

  assert.deepEqual(longUrl.missing, [{ urlChars: 2001 }]);
  assert.deepEqual(noUrl.missing, [{ error: REFUSED }]);
  assert.deepEqual(longest.missing, []);
});

test('without links the task says that the recording is attached, or else where it plays', async () => {
  const attached = world();
  const refused = world({ failure: REFUSED });

  await attached.start(WITHOUT_LINKS, 'guided_task');
  await attached.start(WITHOUT_LINKS, 'task');
  await refused.start(WITHOUT_LINKS, 'guided_task');

  assert.deepEqual(
    [...attached.starts, ...refused.starts.slice(1)].map(({ description }) => description.split('\n')[0]),
    [
      'The recording is attached to this task, and plays in the guide that opens with it.',
      'The recording is attached to this task.',
      'The recording plays in the guide that opens with this task.',
    ],
  );
});

test('without links a plain task that cannot have its attachment is for another way, if there is one', async () => {
  const { start, starts, missing } = world({ failure: REFUSED });

  await assert.rejects(start(WITHOUT_LINKS, 'task'), { code: 'NO_ATTACHMENT' });
  assert.equal(starts.length, 1);
  assert.equal(await start(WITHOUT_LINKS, 'task', true), 'task-3');

  assert.match(starts[2]?.description ?? '', /^Only an administrator can play the recording\./);
  assert.deepEqual(missing, [{ error: REFUSED }, { error: REFUSED }]);
});

test('the second try that fails as well is thrown, and is not about the attachment', async () => {
  const gone = () => Promise.reject(REFUSED);
  const { start, missing } = world({ startTask: gone });

  await assert.rejects(start(DELIVERY), REFUSED);

  assert.deepEqual(missing, []);
});
