import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { recordingOf, TEST_VOICEMAIL } from '../../scripts/make-samples.ts';
import type { KnownVoicemail } from '../aws/ledger-entries.ts';
import { RefusedError } from '../command.ts';
import { sendTestVoicemail, TEST_RECORDING, type TestWork } from './test-voicemail.ts';

const INSTANCE = 'arn:aws:connect:us-east-1:111122223333:instance/11111111-0000-4000-8000-000000000001';
const QUEUE = { name: 'Billing', arn: `${INSTANCE}/queue/q1` };
const CONTACT = '22222222-0000-4000-8000-000000000001';

type Seen = Partial<KnownVoicemail>;

/** A stack that shows these states of the ledger, one at each look, and the last one from then on. */
function stackThat(states: readonly Seen[], changes: Partial<TestWork['probe']> = {}) {
  const did: string[] = [];
  const steps: string[] = [];
  let nowMs = 0;
  let looks = 0;
  const note = (what: string) => {
    did.push(what);
    return Promise.resolve();
  };
  const work: TestWork = {
    instanceArn: INSTANCE,
    probe: {
      beginContact: async () => CONTACT,
      keepRecording: ({ contactId }, pcm) => note(`keep ${contactId} ${pcm.length > 16_000}`),
      queueIdOf: async () => 'q1',
      endContact: (id) => note(`end ${id}`),
      removeObjects: () => note('remove objects'),
      removeJob: () => note('remove job'),
      removeEntry: () => note('remove entry'),
      ...changes,
    },
    ledger: {
      async find() {
        const seen = states[Math.min(looks++, states.length - 1)];
        return (
          seen && { contactId: CONTACT, state: 'received', attempts: 0, times: {}, unreadable: [], ...seen }
        );
      },
    },
    objects: {
      objectsOf: async (keys) => ({ keys, hasTranscript: true }),
      gapOf: async () => undefined,
    },
    onStep: ({ what }) => void steps.push(what),
    wait: async (ms) => void (nowMs += ms),
    clock: () => nowMs,
    now: () => Date.UTC(2026, 10, 30),
  };
  return { work, did, steps };
}

const refuse = (why: string) => () => Promise.reject(new RefusedError(why));

const REMOVED = ['remove objects', `end ${CONTACT}`, 'remove job', 'remove entry'];
const DELIVERED: Seen = { state: 'delivered', deliveredAs: 'task', deliveredId: 'the-task' };

test('it is followed until its task is in the queue, and all of it is removed, the recording first', async () => {
  const { work, did, steps } = stackThat([{ state: 'transcribing' }, { state: 'delivering' }, DELIVERED]);

  assert.deepEqual(await sendTestVoicemail(QUEUE, work), { kind: 'delivered', gap: undefined, left: [] });
  assert.deepEqual(steps, [
    'recording put into the bucket',
    'transcribing',
    'delivering',
    'delivered as task',
    'task in the queue Billing',
  ]);
  const [objects = '', ...others] = REMOVED;
  assert.deepEqual(did, [`keep ${CONTACT} true`, objects, 'end the-task', ...others]);
});

test('one that is given up, mailed, in another queue or not there after ten minutes is lost', async () => {
  for (const [seen, why, changes] of [
    [{ state: 'parked', failureCode: 'REFUSED' }, /^it was given up: REFUSED$/],
    [{ ...DELIVERED, deliveredAs: 'email' }, /^it was sent by email, and not as a task$/],
    [DELIVERED, /^its task is not in the queue Billing$/, { queueIdOf: async () => 'q2' }],
    [DELIVERED, /^its task has come into no queue$/, { queueIdOf: async () => undefined }],
    [{ state: 'transcribing' }, /^after ten minutes it is transcribing$/],
  ] as const) {
    const { work, did } = stackThat([seen], changes);

    const outcome = await sendTestVoicemail(QUEUE, work);

    assert.equal(outcome.kind, 'lost');
    assert.match(outcome.kind === 'lost' ? outcome.why : '', why);
    assert.equal(did.at(-1), 'remove entry');
  }
});

test('what AWS refuses to the person says nothing about the stack', async () => {
  const { work, did } = stackThat([], { keepRecording: refuse('s3:PutObject is needed') });

  assert.deepEqual(await sendTestVoicemail(QUEUE, work), {
    kind: 'not tried',
    why: 's3:PutObject is needed',
    left: [],
  });
  assert.deepEqual(did, REMOVED);
});

test('what cannot be removed is named, and the rest is removed', async () => {
  const { work, did } = stackThat([DELIVERED], { removeJob: refuse('no') });

  const { left } = await sendTestVoicemail(QUEUE, work);

  assert.deepEqual(left, [`the transcription job of ${CONTACT}: no`]);
  assert.equal(did.at(-1), 'remove entry');
});

test('the recording is what make-samples makes', async () => {
  assert.ok(readFileSync(TEST_RECORDING).equals(await recordingOf(TEST_VOICEMAIL)));
});
