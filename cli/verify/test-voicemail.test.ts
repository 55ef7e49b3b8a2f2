import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { recordingOf, TEST_VOICEMAIL } from '../../scripts/make-samples.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import type { ShownTranscript } from '../aws/voicemail-objects.ts';
import { RefusedError } from '../command.ts';
import type { Followed } from './follow-link.ts';
import { TEST_RECORDING, TEST_WORDS } from './test-recording.ts';
import { sendTestVoicemail, type TestWork } from './test-voicemail.ts';

const INSTANCE = 'arn:aws:connect:us-east-1:111122223333:instance/11111111-0000-4000-8000-000000000001';
const QUEUE = { name: 'Billing', arn: `${INSTANCE}/queue/q1` };
const CONTACT = '22222222-0000-4000-8000-000000000001';

type Seen = Partial<KnownVoicemail>;

interface Changes {
  readonly heard?: ShownTranscript | undefined;
  readonly link?: undefined;
  readonly leadsTo?: Followed;
}

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
      linkOf: async () => 'https://links.example.com/r/token',
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
    objects: { transcriptOf: async () => ({ kind: 'text', text: TEST_WORDS }) },
    follow: async () => ({ kind: 'audio', bytes: readFileSync(TEST_RECORDING) }),
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

  assert.deepEqual(await sendTestVoicemail(QUEUE, work), {
    kind: 'delivered',
    wrong: [],
    unseen: [],
    left: [],
  });
  assert.deepEqual(steps, [
    'recording put into the bucket',
    'transcribing',
    'delivering',
    'delivered as task',
    'task in the queue Billing',
    'transcript is right: 0 errors in 10 words, and up to 5 are allowed',
    `link plays the recording: ${readFileSync(TEST_RECORDING).length} bytes, as they were sent`,
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

test('words or audio that are not those that were sent are wrong, and are not repeated', async () => {
  const audio = Buffer.from(readFileSync(TEST_RECORDING));
  audio[100] = (audio[100] ?? 0) ^ 1;
  for (const [changes, wrong] of [
    [{ heard: undefined }, 'it has no transcript'],
    [{ heard: { kind: 'gap', why: 'NOT_ALLOWED' } }, 'it has no transcript: NOT_ALLOWED'],
    [
      { heard: { kind: 'text', text: 'my secret number is one two three' } },
      'its transcript has other words: 10 errors in 10 words, and up to 5 are allowed',
    ],
    [{ link: undefined }, 'its task has no link to the recording'],
    [{ leadsTo: { kind: 'refused', by: 'link', status: 500 } }, 'its link does not open: status 500'],
    [
      { leadsTo: { kind: 'refused', by: 'storage', status: 403 } },
      'its link leads to no recording: status 403',
    ],
    [
      { leadsTo: { kind: 'audio', bytes: audio } },
      /^its link plays another recording: (\d+) bytes of samples, and \1 were sent$/,
    ],
  ] as const satisfies readonly (readonly [Changes, string | RegExp])[]) {
    const { work } = stackThat([DELIVERED], 'link' in changes ? { linkOf: async () => undefined } : {});
    const changed: TestWork = {
      ...work,
      ...('heard' in changes && { objects: { transcriptOf: async () => changes.heard } }),
      ...('leadsTo' in changes && { follow: async () => changes.leadsTo }),
    };

    const outcome = await sendTestVoicemail(QUEUE, changed);

    assert.ok(outcome.kind === 'delivered');
    assert.equal(outcome.wrong.length, 1);
    assert.match(outcome.wrong[0] ?? '', typeof wrong === 'string' ? new RegExp(`^${wrong}$`) : wrong);
  }
});

test('a link that cannot be reached from here says nothing about the stack', async () => {
  const { work } = stackThat([DELIVERED]);

  const outcome = await sendTestVoicemail(QUEUE, {
    ...work,
    follow: async () => ({ kind: 'unreachable', why: 'getaddrinfo ENOTFOUND' }),
  });

  assert.deepEqual(outcome, {
    kind: 'delivered',
    wrong: [],
    unseen: ['its link could not be reached from here: getaddrinfo ENOTFOUND'],
    left: [],
  });
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
