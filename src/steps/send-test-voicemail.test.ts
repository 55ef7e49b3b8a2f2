import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { recordingOf, TEST_VOICEMAIL } from '../../scripts/make-samples.ts';
import { samplesOf } from '../domain/audio/wav.ts';
import { PermanentError } from '../domain/errors.ts';
import { type NotedTest, TEST_WORDS } from '../domain/test-voicemail.ts';
import { removeLeftovers } from './remove-test-voicemail.ts';
import { sendTestVoicemail } from './send-test-voicemail.ts';
import type { Followed, TestEntry, TestTranscript, TestWork } from './test-ports.ts';

const TEST_RECORDING = join(import.meta.dirname, '../../samples/test-voicemail.wav');
const INSTANCE = 'arn:aws:connect:us-east-1:111122223333:instance/11111111-0000-4000-8000-000000000001';
const QUEUE = { name: 'Billing', arn: `${INSTANCE}/queue/q1` };
const NOW_MS = Date.UTC(2026, 10, 30);
const CONTACT = '22222222-0000-4000-8000-000000000001';

const TASK = { kind: 'recording', mode: 'task', queue: QUEUE } as const;

type Seen = Partial<TestEntry>;

interface Changes {
  readonly heard?: TestTranscript | undefined;
  readonly link?: undefined;
  readonly leadsTo?: Followed;
}

/** A stack that shows these states of the ledger, one at each look, and the last one from then on. */
function stackThat(
  states: readonly Seen[],
  { keepRecording, ...changes }: Partial<TestWork['probe']> & { keepRecording?: () => Promise<never> } = {},
) {
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
      now: () => NOW_MS + nowMs,
      noteTest: ({ contactId }) => note(`note ${contactId}`),
      listTests: async () => [],
      forgetTest: ({ contactId }) => note(`forget ${contactId}`),
      queueIdOf: async () => 'q1',
      linkOf: async () => 'https://links.example.com/r/token',
      endContact: (id) => note(`end ${id}`),
      removeObjects: () => note('remove objects'),
      removeJob: () => note('remove job'),
      removeEntry: () => note('remove entry'),
      ...changes,
    },
    source: {
      async put({ contactId }, pcm) {
        await (keepRecording?.() ?? note(`keep ${contactId} ${pcm.length > 16_000}`));
        return 'recording put into the bucket';
      },
      remove: async () => {},
    },
    pcm: samplesOf(readFileSync(TEST_RECORDING)),
    ledger: {
      async find() {
        const seen = states[Math.min(looks++, states.length - 1)];
        return seen && { state: 'received', ...seen };
      },
    },
    objects: { transcriptOf: async () => ({ kind: 'text', text: TEST_WORDS }) },
    hasLinks: true,
    follow: async () => ({ kind: 'audio', bytes: readFileSync(TEST_RECORDING) }),
    onStep: ({ what }) => void steps.push(what),
    wait: async (ms) => void (nowMs += ms),
    clock: () => nowMs,
    refusalIn: (error) => (error instanceof PermanentError ? error.message : undefined),
  };
  return { work, did, steps };
}

const refuse = (why: string) => () => Promise.reject(new PermanentError('REFUSED', why));

const REMOVED = ['remove objects', `end ${CONTACT}`, 'remove job', 'remove entry'];
const NOTED = `note ${CONTACT}`;
const FORGOTTEN = `forget ${CONTACT}`;
const DELIVERED: Seen = { state: 'delivered', deliveredAs: 'task', deliveredId: 'the-task' };

test('it is followed until its task is in the queue, and all of it is removed, the recording first', async () => {
  const { work, did, steps } = stackThat([{ state: 'transcribing' }, { state: 'delivering' }, DELIVERED]);

  assert.deepEqual(await sendTestVoicemail(TASK, work), {
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
  assert.deepEqual(did, [NOTED, `keep ${CONTACT} true`, objects, 'end the-task', ...others, FORGOTTEN]);
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

    const outcome = await sendTestVoicemail(TASK, work);

    assert.equal(outcome.kind, 'lost');
    assert.match(outcome.kind === 'lost' ? outcome.why : '', why);
    // What may still come of it is removed by the next one, which finds the note.
    assert.equal(did.at(-1), seen.state === 'transcribing' ? 'remove entry' : FORGOTTEN);
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

    const outcome = await sendTestVoicemail(TASK, changed);

    assert.ok(outcome.kind === 'delivered');
    assert.equal(outcome.wrong.length, 1);
    assert.match(outcome.wrong[0] ?? '', typeof wrong === 'string' ? new RegExp(`^${wrong}$`) : wrong);
  }
});

test('without links in the settings, a task without one is right', async () => {
  const { work, steps } = stackThat([DELIVERED], { linkOf: async () => undefined });

  const outcome = await sendTestVoicemail(TASK, { ...work, hasLinks: false });

  assert.deepEqual(outcome, { kind: 'delivered', wrong: [], unseen: [], left: [] });
  assert.match(steps.at(-1) ?? '', /^no link: /);
});

test('a link that cannot be reached from here says nothing about the stack', async () => {
  const { work } = stackThat([DELIVERED]);

  const outcome = await sendTestVoicemail(TASK, {
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

  assert.deepEqual(await sendTestVoicemail(TASK, work), {
    kind: 'not tried',
    why: 's3:PutObject is needed',
    left: [],
  });
  const [objects = '', contact = '', job = '', entry = ''] = REMOVED;
  assert.deepEqual(did, [NOTED, objects, contact, job, objects, entry]);
});

test('what cannot be removed is named, and the rest is removed', async () => {
  const { work, did } = stackThat([DELIVERED], { removeJob: refuse('no') });

  const { left } = await sendTestVoicemail(TASK, work);

  assert.deepEqual(left, [`the transcription job of ${CONTACT}: no`]);
  assert.equal(did.at(-1), 'remove entry');
});

test('a mail is followed until SES has reported it, and one that becomes a task is lost', async () => {
  const MAIL = { kind: 'recording', mode: 'email' } as const;
  const mailed: Seen = { state: 'delivered', deliveredAs: 'email', deliveredId: 'the-mail' };
  const reported = { ...mailed, mailing: { messageId: 'the-mail' } };
  const works = stackThat([mailed, mailed, reported]);
  const silent = stackThat([mailed]);
  const task = stackThat([DELIVERED]);

  const right = await sendTestVoicemail(MAIL, works.work);
  const wrong = await sendTestVoicemail(MAIL, silent.work);
  const lost = await sendTestVoicemail(MAIL, task.work);

  assert.deepEqual(right, { kind: 'delivered', wrong: [], unseen: [], left: [] });
  assert.match(
    works.steps.join(),
    /,SES took the mail for success\+22222222-[\d-]+@simulator\.amazonses\.com,/,
  );
  assert.equal(works.steps.at(-1), 'SES reports the mail as sent');
  assert.match(wrong.kind === 'delivered' ? wrong.wrong.join() : '', /^SES took the mail, and its event/);
  assert.equal(lost.kind === 'lost' && lost.why, 'it became a task, and not a mail');
  assert.ok(task.did.includes('end the-task'));
});

test('one that a person breaks off is removed, with the task of a delivery that was under way', async () => {
  const breaking = new AbortController();
  const { work, did } = stackThat([{ state: 'delivering' }, { state: 'delivering' }, DELIVERED]);
  const onStep = () => breaking.abort();

  const outcome = await sendTestVoicemail(TASK, { ...work, onStep, brokenOff: breaking.signal });

  assert.deepEqual(outcome, { kind: 'broken off', left: [] });
  assert.ok(did.includes('end the-task'), did.join());
  assert.equal(did.at(-1), 'remove entry');
});

test('what earlier ones have left is removed if it is old, and forgotten only if nothing of it is left', async () => {
  const young: NotedTest = { kind: 'recording', contactId: 'young', calledAtMs: NOW_MS - 60_000 };
  const old: NotedTest = { kind: 'recording', contactId: 'old', calledAtMs: NOW_MS - 3_600_000 };
  const listTests = async () => [young, old];
  const works = stackThat([DELIVERED], { listTests });
  const fails = stackThat([DELIVERED], { listTests, removeJob: refuse('no') });

  assert.deepEqual(await removeLeftovers(() => true, works.work), { removed: 1, young: 1, left: [] });
  assert.deepEqual(works.did, [
    'remove objects',
    'end the-task',
    'end old',
    'remove job',
    'remove entry',
    'forget old',
  ]);
  const { left } = await removeLeftovers(() => true, fails.work);
  assert.deepEqual(left, ['the transcription job of old: no']);
  assert.equal(fails.did.at(-1), 'remove entry');
  assert.equal((await removeLeftovers(({ kind }) => kind === 'call', works.work)).removed, 0);
});

test('the recording is what make-samples makes', async () => {
  assert.ok(readFileSync(TEST_RECORDING).equals(await recordingOf(TEST_VOICEMAIL)));
});
