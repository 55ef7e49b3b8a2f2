import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID, INSTANCE_ARN } from '../../test/contact-record.ts';
import { fakeLedger } from '../../test/fake-ledger.ts';
import {
  entryOf,
  NOW,
  RECORDING_KEY,
  recordingOf,
  TRANSCRIPT_KEY,
  voicemailOf,
} from '../../test/voicemails.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { toRecordingMetadata } from '../domain/recording-metadata.ts';
import type { Task } from '../domain/task.ts';
import { deliverVoicemail, type DeliverVoicemailPorts } from './deliver-voicemail.ts';

const FALLBACK_ARN = `${INSTANCE_ARN}/queue/fallback`;
const UNRECORDABLE = { push: 'deliver', contactId: CONTACT_ID, unrecordable: 'NO_AUDIO' } as const;
const TRANSCRIBED = [entryOf({ state: 'transcribing' })];
const leaseUntil = (untilMs: number) => ({
  contactId: CONTACT_ID,
  nowMs: untilMs - 90_000,
  untilMs,
  dueAtMs: untilMs + 1,
});
const refused = (): Promise<never> => Promise.reject(new PermanentError('REFUSED', 'no'));
const noWords = () => Promise.resolve({ kind: 'text', text: '' } as const);
const unexpected = (): Promise<never> => Promise.reject(new Error('one call too many'));
const unavailable = (): Promise<never> => Promise.reject(new RetryableError('UNAVAILABLE', 'later'));

test('a voicemail becomes one task, and job and flag are cleaned up', async () => {
  const world = delivering(TRANSCRIBED);

  const outcome = await world.deliver();

  assert.equal(outcome.kind, 'delivered');
  assert.equal(outcome.deliveredAs, 'guided_task');
  assert.deepEqual(
    world.tasks.map(({ name, description }) => ({ name, description })),
    [{ name: 'Voicemail from +1 555 555 0142 for Billing', description: 'Please call me back.' }],
  );
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'delivered');
  assert.deepEqual(world.cleanedUp, [`job vmx3_${CONTACT_ID}`, `flag ${CONTACT_ID}`]);
});

test('the task takes the flow of its mode, and the ledger notes it, with recipient, time zone and notes for the guide', async () => {
  const entries = [
    entryOf({ state: 'transcribing', voicemail: voicemailOf({ mode: 'task', queueArn: undefined }) }),
  ];
  const world = delivering(entries);

  await world.deliver();

  assert.deepEqual(world.flows, ['task-flow']);
  assert.partialDeepStrictEqual(world.ledger.kept.get(CONTACT_ID), {
    deliveredAs: 'task',
    recipientName: 'Billing',
    timeZone: 'America/New_York',
    notes: ['This message was left for no queue in particular.'],
  });
});

test('for an ordinary task the ledger is called twice: before it, and when job and flag are cleaned up', async () => {
  const noted = { sizeBytes: 16_044, isComplete: true, isBlank: false };
  const entry = { ...entryOf({ state: 'transcribing', ...noted }), recordingKey: RECORDING_KEY };
  const surplus = { findEntry: unexpected, leaseDelivery: unexpected, markCleanedUp: unexpected };
  const world = delivering([entry], { ...surplus, findRecordingObject: unexpected });

  assert.equal((await world.deliver()).kind, 'delivered');

  const { state, cleanedUpAtMs } = world.ledger.kept.get(CONTACT_ID) ?? {};
  assert.deepEqual([state, cleanedUpAtMs, world.cleanedUp.length], ['delivered', NOW, 2]);
});

test('a failed delivery gives the lease back that came with its entry, and the next try delivers', async () => {
  const entry = { ...entryOf({ state: 'transcribing' }), recordingKey: RECORDING_KEY };
  const failing = delivering([entry], { findRecordingObject: unavailable });
  await assert.rejects(failing.deliver(), RetryableError);

  const again = delivering([...failing.ledger.kept.values()]);

  assert.equal((await again.deliver()).kind, 'delivered');
});

test('a mail is noted before anything else is done, because a second try would send another', async () => {
  const voicemail = voicemailOf({ mode: 'email' });
  const order: string[] = [];
  const world = delivering([entryOf({ state: 'transcribing', voicemail })], {
    mail: async () => ({ messageId: 'mail-1', notes: [] }),
    moveEntry: async ({ to, changes }) =>
      order.push(`${to} ${changes?.cleanedUpAtMs ?? 'not cleaned up'}`) > 0,
    resetFlag: async () => void order.push('flag'),
    markCleanedUp: async () => void order.push('cleaned up'),
  });

  await world.deliver();

  assert.deepEqual(order, ['delivered not cleaned up', 'flag', 'cleaned up']);
});

test('a missing flow is replaced by the next one, with a note for the agent', async () => {
  const attributes = { vmx3_guided_task_flow: 'own-flow' };
  const entries = [entryOf({ state: 'transcribing', voicemail: voicemailOf({ attributes }) })];
  const world = delivering(entries, { goneFlows: ['own-flow', 'guided-flow'] });

  const outcome = await world.deliver();

  assert.partialDeepStrictEqual(outcome, { deliveredAs: 'task' });
  assert.deepEqual(world.flows, ['own-flow', 'guided-flow', 'task-flow']);
  assert.equal(
    world.tasks[0]?.description,
    'The contact flow that vmx3_guided_task_flow names cannot be used; this is the usual one.\n' +
      'The contact flow for a guided task cannot be used, so this is a task.\nPlease call me back.',
  );
  assert.equal(world.ledger.kept.get(CONTACT_ID)?.notes?.length, 2);
});

test('the second job of a voicemail whose language was to be identified is deleted too', async () => {
  const voicemail = voicemailOf({ language: 'auto' });
  const world = delivering([entryOf({ state: 'transcribing', voicemail })]);

  await world.deliver();

  const jobs = [`job vmx3_${CONTACT_ID}`, `job vmx3_${CONTACT_ID}_2`];
  assert.deepEqual(world.cleanedUp, [...jobs, `flag ${CONTACT_ID}`]);
});

test('if no flow takes the task, the delivery fails and its lease is given back', async () => {
  const world = delivering(TRANSCRIBED, { goneFlows: ['guided-flow', 'task-flow'] });

  await assert.rejects(world.deliver(), PermanentError);

  assert.equal((await delivering([...world.ledger.kept.values()]).deliver()).kind, 'delivered');
});

test('a transcript that somebody else put into the bucket is not ours, and nothing is delivered', async () => {
  const foreign = recordingOf({ metadata: { language: 'fr' }, sizeBytes: 9 });
  for (const [transcriptKey, object] of [
    ['transcripts/notes.json', undefined],
    ['.write_access_check_file.temp', undefined],
    [TRANSCRIPT_KEY, undefined],
    [TRANSCRIPT_KEY, foreign],
  ] as const) {
    const world = delivering([], { findRecordingObject: async () => object });

    assert.deepEqual(await deliverVoicemail({ transcriptKey }, world.ports), { kind: 'not-ours' });
    assert.deepEqual([world.tasks, world.ledger.kept.size], [[], 0]);
  }
});

test('a transcript under another key than the contact’s own is not ours: what is still to be recorded stays so', async () => {
  const ofAnother = recordingOf({ metadata: toRecordingMetadata(voicemailOf({ contactId: 'another' })) });
  for (const transcriptKey of [`transcripts/2020/01/01/${CONTACT_ID}.json`, RECORDING_KEY]) {
    const entries = [entryOf({ state: 'received' })];
    const world = delivering(entries, { findRecordingObject: async () => undefined });

    assert.deepEqual(await deliverVoicemail({ transcriptKey }, world.ports), { kind: 'not-ours' });
    assert.deepEqual([world.tasks, [...world.ledger.kept.values()]], [[], entries]);
  }
  const unknown = delivering([], { findRecordingObject: async () => ofAnother });

  assert.deepEqual(await deliverVoicemail({ transcriptKey: TRANSCRIPT_KEY }, unknown.ports), {
    kind: 'not-ours',
  });
});

test('a transcript of a recording of ours that does not say whose it is is not passed over', async () => {
  const damaged = recordingOf({ metadata: { 'contact-id': CONTACT_ID } });
  const world = delivering([], { findRecordingObject: async () => damaged });

  await assert.rejects(world.deliver(), { name: 'PermanentError', code: 'MALFORMED_EVENT' });
});

test('a flow is not replaced because Connect throttles', async () => {
  const world = delivering(TRANSCRIBED, { startTask: unavailable });

  await assert.rejects(world.deliver(), RetryableError);

  assert.deepEqual(world.setbacks, []);
});

test('an email is noted with its id and notes, and no task is made', async () => {
  const entries = [entryOf({ state: 'transcribing', voicemail: voicemailOf({ mode: 'email' }) })];
  const world = delivering(entries, {
    mail: async () => ({ messageId: 'mail-1', notes: ['The recording is too large to be attached.'] }),
  });

  const outcome = await world.deliver();

  assert.partialDeepStrictEqual(outcome, { deliveredAs: 'email' });
  assert.deepEqual(world.tasks, []);
  assert.partialDeepStrictEqual(world.ledger.kept.get(CONTACT_ID), {
    deliveredAs: 'email',
    deliveredId: 'mail-1',
    notes: ['The recording is too large to be attached.'],
  });
  assert.equal(world.cleanedUp.length, 2);
});

test('an email that is refused, or has nobody to go to, becomes a guided task that says so', async () => {
  const voicemail = voicemailOf({ mode: 'email' });
  const textAfter = async (error: PermanentError, mailing?: LedgerEntry['mailing']) => {
    const mail = () => Promise.reject(error);
    const world = delivering([entryOf({ state: 'transcribing', voicemail, mailing })], { mail });
    await world.deliver();
    assert.deepEqual([world.flows, world.setbacks], [['guided-flow'], [error.code]]);
    return world.tasks[0]?.description;
  };
  const failed = 'Delivery by email failed, so this is a guided task.\nPlease call me back.';

  assert.equal(await textAfter(new PermanentError('REFUSED', 'no')), failed);
  const notSent = { atMs: 0, tries: 0, givenUp: 'REFUSED' } as const;
  assert.equal(await textAfter(new PermanentError('REFUSED', 'no'), notSent), failed);
  assert.equal(
    await textAfter(new PermanentError('NO_RECIPIENT', 'none')),
    `There is no email address that this message can go to.\n${failed}`,
  );
  assert.equal(
    await textAfter(new PermanentError('UNANSWERED', 'lost'), { atMs: 0, tries: 2 }),
    `This message may have reached you before, by email.\n${failed}`,
  );
});

test('a voicemail that may have been mailed does not become a task before that is known, in any mode', async () => {
  const mailing = { atMs: 0, tries: 1 };
  const entries = [entryOf({ state: 'transcribing', voicemail: voicemailOf({ mode: 'task' }), mailing })];
  const world = delivering(entries, { mail: unavailable, defaultMode: 'email' });

  await assert.rejects(world.deliver(), RetryableError);

  assert.deepEqual(world.tasks, []);
});

test('an email is not given up after a temporary failure', async () => {
  const entries = [entryOf({ state: 'transcribing', voicemail: voicemailOf({ mode: 'email' }) })];
  const world = delivering(entries, { mail: unavailable });

  await assert.rejects(world.deliver(), RetryableError);

  assert.deepEqual(world.tasks, []);
});

test('the same event again does nothing', async () => {
  const world = delivering(TRANSCRIBED);
  await world.deliver();

  assert.equal((await world.deliver()).kind, 'known');

  assert.equal(world.tasks.length, 1);
  assert.equal(world.cleanedUp.length, 2);
});

test('while one delivery runs, another waits', async () => {
  const world = delivering([entryOf({ state: 'transcribing' })]);
  await world.ledger.ports.leaseDelivery(leaseUntil(NOW + 90_000));

  await assert.rejects(world.deliver(), { code: 'NOT_READY' });

  assert.deepEqual(world.tasks, []);
});

test('a delivery that crashed is tried again after its lease has expired', async () => {
  const world = delivering([entryOf({ state: 'transcribing' })]);
  await world.ledger.ports.leaseDelivery(leaseUntil(NOW - 1));

  assert.equal((await world.deliver()).kind, 'delivered');
});

test('a delivery that fails gives its lease back', async () => {
  const failing = delivering(TRANSCRIBED, { startTask: unavailable });
  await assert.rejects(failing.deliver(), RetryableError);

  const again = delivering([...failing.ledger.kept.values()]);

  assert.equal((await again.deliver()).kind, 'delivered');
});

test('the next message repeats a failed clean-up, without a second task', async () => {
  const failing = delivering(TRANSCRIBED, { resetFlag: unavailable });
  await assert.rejects(failing.deliver(), RetryableError);
  assert.deepEqual(failing.outcomes, ['delivered']);

  const again = delivering([...failing.ledger.kept.values()]);
  assert.equal((await again.deliver()).kind, 'known');

  assert.deepEqual(again.tasks, []);
  assert.deepEqual(again.cleanedUp, [`job vmx3_${CONTACT_ID}`, `flag ${CONTACT_ID}`]);
});

test('missing parts are left out, with a note', async () => {
  const transcript = delivering(TRANSCRIBED, { findTranscript: refused });
  const link = delivering(TRANSCRIBED, { linkFor: refused });
  const late = delivering(TRANSCRIBED, { findTranscript: async () => undefined });
  for (const world of [transcript, link, late]) await world.deliver();

  assert.match(transcript.tasks[0]?.description ?? '', /no transcript: it could not be read/);
  assert.match(link.tasks[0]?.description ?? '', /No link to the recording could be made/);
  assert.ok(link.setbacks.includes('no link'));
  assert.match(late.tasks[0]?.description ?? '', /no transcript: transcription took too long/);
});

test('without links the task says where its recording is, by the way it is delivered', async () => {
  const guided = delivering(TRANSCRIBED, { linkFor: undefined });
  const last = delivering(TRANSCRIBED, { linkFor: undefined, goneFlows: ['guided-flow'] });
  for (const world of [guided, last]) await world.deliver();

  const [task] = guided.tasks;
  assert.match(
    task?.description ?? '',
    /^The recording plays in the guide that opens with this task\.\nPlease call/,
  );
  assert.ok(!task?.references.some(({ name }) => name === 'Recording'));
  assert.ok(task?.references.some(({ name }) => name === 'Length'));
  assert.match(
    last.tasks[0]?.description ?? '',
    /\nOnly an administrator can play the recording\.\nPlease call/,
  );
  assert.deepEqual(guided.setbacks, []);
});

test('a call that could not be recorded becomes a request to call back, and is parked', async () => {
  const world = delivering([entryOf({ state: 'received' })], { findRecordingObject: async () => undefined });

  const outcome = await deliverVoicemail(UNRECORDABLE, world.ports);

  assert.equal(outcome.kind, 'delivered-unrecorded');
  assert.match(world.tasks[0]?.description ?? '', /could not be recorded. Please call back/);
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'parked');
});

test('a call that was recorded after all is not reported as unrecordable', async () => {
  const world = delivering([entryOf({ state: 'recorded' })]);

  assert.equal((await deliverVoicemail(UNRECORDABLE, world.ports)).kind, 'known');

  assert.deepEqual(world.tasks, []);
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'recorded');
});

test('the ledger is enough to describe a recording, unless a task of it has ended before', async () => {
  const noted = { sizeBytes: 44 + 61_000 * 16, isComplete: false, isBlank: false };
  const gone = { findRecordingObject: async () => undefined };
  const entry = entryOf({ state: 'transcribing', ...noted });
  const world = delivering([entry], gone);
  const back = { ...entry, state: 'delivering', returnedAtMs: NOW, leaseUntilMs: 0 } as const;
  const weeksLater = delivering([back], gone);

  assert.equal((await world.deliver()).kind, 'delivered');
  assert.equal((await weeksLater.deliver()).kind, 'delivered-unrecorded');

  assert.match(world.tasks[0]?.description ?? '', /missing/);
  assert.match(JSON.stringify(world.tasks[0]), /1 min 1 s/);
});

test('a voicemail that was given up is delivered when its message is redriven', async () => {
  const world = delivering([entryOf({ state: 'parked' })]);

  assert.equal((await world.deliver()).kind, 'delivered');
});

test('a voicemail that is not in the ledger is delivered from its objects', async () => {
  const world = delivering([]);

  assert.equal((await world.deliver()).kind, 'delivered');

  assert.equal(world.ledger.stateOf(CONTACT_ID), 'delivered');
});

test('a voicemail that ended as blank is not delivered for a transcript, but it is when an operator pushes it', async () => {
  const world = delivering([entryOf({ state: 'blank' })]);

  assert.equal((await world.deliver()).kind, 'known');
  assert.deepEqual([world.tasks, world.cleanedUp], [[], []]);
  assert.equal(world.ledger.stateOf(CONTACT_ID), 'blank');

  const pushed = await deliverVoicemail({ push: 'deliver', contactId: CONTACT_ID }, world.ports);
  assert.equal(pushed.kind, 'delivered');
  assert.equal(world.tasks.length, 1);
});

test('a blank voicemail that is delivered says so, unless words were recognized after all', async () => {
  const metadata = { ...toRecordingMetadata(voicemailOf()), blank: 'true' };
  const findRecordingObject = async () => recordingOf({ metadata, sizeBytes: 44 + 8000 });
  const blank = delivering(TRANSCRIBED, { findRecordingObject, findTranscript: noWords });
  const whispered = delivering(TRANSCRIBED, { findRecordingObject });
  for (const world of [blank, whispered]) await world.deliver();

  assert.equal(blank.tasks[0]?.description, 'Nothing was said.');
  assert.equal(whispered.tasks[0]?.description, 'Please call me back.');
});

/** Billing, and always Ana Ruiz as the agent. */
const RECIPIENTS: Pick<DeliverVoicemailPorts, 'findQueue' | 'findAgent' | 'findAgentNamed'> = {
  async findQueue() {
    return { name: 'Billing', timeZone: 'America/New_York' };
  },
  async findAgent(userId) {
    return { userId, name: 'Ana Ruiz' };
  },
  async findAgentNamed() {
    return undefined;
  },
};

/** What is added to a delivery and fails. */
function additionsReportTo(setbacks: string[]) {
  return {
    onNotAttached: () => void setbacks.push('not attached'),
    onCustomerUnknown: () => void setbacks.push('customer unknown'),
    onNotNotified: () => void setbacks.push('not notified'),
    onAgentsLeftOut: () => void setbacks.push('agents left out'),
  };
}

function delivering(
  entries: readonly LedgerEntry[],
  { goneFlows = [], ...changes }: Partial<DeliverVoicemailPorts> & { goneFlows?: string[] } = {},
) {
  const ledger = fakeLedger(entries);
  const tasks: Task[] = [];
  const starts: { lifeDays: number; round: number }[] = [];
  const flows: string[] = [];
  const setbacks: string[] = [];
  const cleanedUp: string[] = [];
  const outcomes: string[] = [];
  const ports: DeliverVoicemailPorts = {
    ...ledger.ports,
    async findRecordingObject(key) {
      if (key !== RECORDING_KEY) return undefined;
      return recordingOf({ metadata: toRecordingMetadata(voicemailOf()) });
    },
    async findTranscript() {
      return { kind: 'text', text: 'Please call me back.' };
    },
    ...RECIPIENTS,
    async linkFor() {
      return 'https://links.example.com/r/token';
    },
    taskLifeMs: 29 * 86_400_000,
    retentionMs: 30 * 86_400_000,
    async startTask(task, { flowId, lifeMs, round }) {
      flows.push(flowId);
      starts.push({ lifeDays: lifeMs / 86_400_000, round });
      if (goneFlows.includes(flowId)) return refused();
      tasks.push(task);
      return 'task-1';
    },
    async deleteJob(jobName) {
      cleanedUp.push(`job ${jobName}`);
    },
    async resetFlag(contactId) {
      cleanedUp.push(`flag ${contactId}`);
    },
    onNoLink: () => void setbacks.push('no link'),
    ...additionsReportTo(setbacks),
    onDelivered({ kind }) {
      outcomes.push(kind);
    },
    onMailFailed(_, { code }) {
      setbacks.push(code);
    },
    setback(what, { contactId }) {
      setbacks.push(`${what}: ${contactId}`);
    },
    defaultMode: 'guided_task',
    flowIds: { task: 'task-flow', guided_task: 'guided-flow' },
    instanceArn: INSTANCE_ARN,
    fallbackQueueArn: FALLBACK_ARN,
    timeZone: 'UTC',
    now: () => NOW,
    ...changes,
  };
  return {
    ledger,
    ports,
    tasks,
    starts,
    flows,
    setbacks,
    cleanedUp,
    outcomes,
    deliver: () => deliverVoicemail({ transcriptKey: TRANSCRIPT_KEY }, ports),
  };
}

test('a voicemail that came back is another task, which says so and ends with its recording', async () => {
  const endedAtMs = NOW - 20 * 86_400_000;
  const taskEnd = { taskId: 'task-1', atMs: NOW - 60_000, reason: 'EXPIRED', hasAgent: false };
  const voicemail = { ...voicemailOf(), endedAtMs };
  const world = delivering([entryOf({ state: 'transcribing', voicemail, returnedAtMs: NOW, taskEnd })]);

  await deliverVoicemail({ push: 'deliver', contactId: CONTACT_ID }, world.ports);

  assert.match(
    world.tasks[0]?.description ?? '',
    /^Nobody took the first task of this message, which ended on Mar 4, 2026, 9:01 AM EST, UTC−5\./,
  );
  assert.deepEqual(world.starts, [{ lifeDays: 10, round: 2 }]);
});

test('an assigned voicemail goes to whom it was assigned, and a word says so', async () => {
  const to = `${INSTANCE_ARN}/queue/agent/ben-id`;
  const followUps = [{ id: 'a', kind: 'assigned', at: 'command', atMs: NOW, to }];
  const attributes = { vmx3_flag: '1', vmx3_preferred_agent: 'ana.ruiz', vmx3_target: 'agent' };
  const voicemail = voicemailOf({ attributes });
  const found = entryOf({ state: 'delivering', voicemail, followUps, deliveryRound: 3 });
  const entry = { ...found, leaseUntilMs: 0 };
  const world = delivering([entry]);

  await deliverVoicemail({ push: 'deliver', contactId: CONTACT_ID }, world.ports);

  const { attributes: given = {}, description = '' } = world.tasks[0] ?? {};
  assert.deepEqual([given['vmx3_queue_arn'], given['vmx3_target']], [to, 'queue']);
  assert.match(description, /^This message was assigned to you after it had been delivered to others\./);
  assert.equal(world.starts[0]?.round, 3);
  const { inboxPlace, recipientArn } = world.ledger.kept.get(CONTACT_ID) ?? {};
  assert.deepEqual([inboxPlace?.split('#')[0], recipientArn], [to, to]);
});

test('a reopened voicemail says so, and its recording is asked of the bucket', async () => {
  const entry = { ...entryOf({ state: 'delivering', deliveryRound: 2 }), leaseUntilMs: 0 };
  const world = delivering([entry]);

  await deliverVoicemail({ push: 'deliver', contactId: CONTACT_ID }, world.ports);

  assert.match(world.tasks[0]?.description ?? '', /^This message was opened again/);
});

test('what is added to a delivery and fails does not stop it, and the guide knows the customer', async () => {
  const failing = delivering(TRANSCRIBED, {
    findProfiles: unavailable,
    urlToAttach: refused,
    notifying: { agents: 'queue', lifeMs: 86_400_000, agentsOfQueue: unavailable, notify: unavailable },
  });
  const numbers = ['+15555550142'];
  const named = delivering(TRANSCRIBED, {
    findProfiles: async () => ({ profiles: [{ firstName: 'Maria', numbers }], hasMore: false }),
  });

  assert.equal((await failing.deliver()).kind, 'delivered');
  await named.deliver();

  assert.deepEqual(failing.setbacks, ['customer unknown', 'not attached', 'not notified']);
  assert.equal(failing.ledger.stateOf(CONTACT_ID), 'delivered');
  assert.equal(named.tasks[0]?.name, 'Voicemail from +1 555 555 0142 (Maria) for Billing');
  assert.equal(named.ledger.kept.get(CONTACT_ID)?.customerName, 'Maria');
});

test('agents are notified after the ledger has noted the task, and not if that failed', async () => {
  const notified: unknown[] = [];
  const notifying = {
    agents: 'queue',
    lifeMs: 86_400_000,
    agentsOfQueue: async () => ({ userIds: ['ana'], hasMore: false }),
    notify: async () => void notified.push(world.ledger.stateOf(CONTACT_ID)),
  } as const;
  const world = delivering(TRANSCRIBED, { notifying });
  const failing = delivering(TRANSCRIBED, { notifying, moveEntry: unavailable });

  await world.deliver();
  await assert.rejects(failing.deliver(), RetryableError);

  assert.deepEqual(notified, ['delivered']);
});
