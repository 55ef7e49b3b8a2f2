import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlow } from '../../flows/language/document.ts';
import { defineConfig } from '../../infra/config.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { flowDocument } from '../flow-document.ts';
import written from '../../voicemail.config.ts';
import { afterTheTone, MESSAGE, placeOf, recordingOf, throughTheMenus } from './callers-script.ts';
import { fileAt, BILLING_ARN, CALLER, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { otherSettings } from './other-settings.ts';

const HOUR_MS = 3_600_000;
const [ANA] = configuredWorld().users;
/** Not the fallback queue. */
const SUPPORT_ARN = `${written.instanceArn}/queue/${configuredWorld().queues[1]?.id}`;

const { simulator, happenings, tasksOf, taskOf, recorded, until } = await startLaptop();
const { connect, clock } = simulator;
const bilingual = await startBilingual();
const ana = connect.agent('ana.ruiz');
simulator.happenings.listen((one) => {
  if (one.kind === 'agent' && one.did === 'offered') void connect.agent(one.username).accept(one.contactId);
});

/** Waits in the queue, is offered voicemail there, and begins to leave a message. */
const MESSAGE_IN_QUEUE = [
  { kind: 'hear', what: 'next free agent' },
  { kind: 'hear', what: 'to leave a message', until: 'begun' },
  { kind: 'press', keys: '1' },
  { kind: 'hear', what: '(tone)' },
  { kind: 'say', audio: spokenNoise(15) },
  { kind: 'hear', what: '(agent)', until: 'begun' },
  { kind: 'say', audio: spokenNoise(4) },
  { kind: 'hang-up' },
] as const;

test('an agent who becomes free while a message is left in the queue gets the call, and there is no voicemail', async () => {
  answerDuringTheMessage();

  const flow = 'Voicemail entry busy';
  const call = connect.call({ from: CALLER, flow, script: MESSAGE_IN_QUEUE });
  await call.ended;
  const record = await recorded(call.contactId);
  await clock.sleep(HOUR_MS);

  assert.match(record, /"Username":"ana\.ruiz"/);
  assert.match(record, /"KINESIS_VIDEO_STREAM"/);
  assert.match(record, /"vmx3_flag":"0"/);
  assert.deepEqual(tasksOf(call.contactId), []);
});

test('without the whisper that clears the flag, a call that an agent took is still no voicemail', async () => {
  const flow = addEntryWithoutWhispers(BILLING_ARN);
  answerDuringTheMessage();

  const call = connect.call({ from: CALLER, flow, script: MESSAGE_IN_QUEUE });
  await call.ended;
  const record = await recorded(call.contactId);
  await clock.sleep(HOUR_MS);

  assert.match(record, /"Username":"ana\.ruiz"/);
  assert.match(record, /"vmx3_flag":"1"/);
  assert.deepEqual(tasksOf(call.contactId), []);
});

test('a message that is left in the queue to its end is a voicemail for that queue', async () => {
  ana.become('Break');

  const script = [...MESSAGE_IN_QUEUE.slice(0, 5), { kind: 'press', keys: '#' }, { kind: 'stay' }] as const;
  const call = connect.call({ from: CALLER, flow: addEntryWithoutWhispers(SUPPORT_ARN), script });
  await call.ended;
  const task = await taskOf(call.contactId);

  assert.equal(task.queueArn, SUPPORT_ARN);
  assert.ok(placeOf(spokenNoise(15), await recordingOf(task)) >= 0);
});

test('an agent accepts a guided task, and sees and hears the voicemail', async () => {
  ana.become('Available');

  const script = [...throughTheMenus('2'), ...afterTheTone(MESSAGE)];
  const call = connect.call({ from: CALLER, flow: 'Voicemail test', script });
  await call.ended;
  const task = await taskOf(call.contactId);
  await until('the guide', () =>
    happenings.find((one) => one.kind === 'guide' && one.sourceContactId === task.contactId),
  );
  const guide = ana.guide(task.contactId);

  const shown = JSON.stringify(guide?.rendered);
  assert.match(shown, /please call me back/);
  assert.match(shown, /Voicemail from \+1 555 555 0142/);
  const player = / src='([^']+)'/.exec(shown)?.[1] ?? '';
  assert.ok(placeOf(MESSAGE, samplesOf(await fileAt(player.replaceAll('&#38;', '&')))) >= 0);
  guide?.act('Close');
  ana.finish(task.contactId);
  assert.ok(tasksOf(call.contactId)[0]?.endedAtMs !== undefined);
});

test('in one instance, a caller is spoken to and transcribed in English, the next in Spanish; eight minutes are kept', async () => {
  const eightMinutes = spokenNoise(480);

  const english = bilingual.simulator.connect.call({
    from: CALLER,
    flow: 'Voicemail test',
    script: [...throughTheMenus('1'), { kind: 'press', keys: '1' }, ...afterTheTone(eightMinutes)],
  });
  const spanish = bilingual.simulator.connect.call({
    from: CALLER,
    flow: 'Voicemail test',
    script: [
      ...throughTheMenus('1', '2'),
      { kind: 'hear', what: 'Spanish', until: 'begun' },
      { kind: 'press', keys: '2' },
      ...afterTheTone(MESSAGE),
    ],
  });
  await Promise.all([english.ended, spanish.ended]);
  const [task, inSpanish] = [
    await bilingual.taskOf(english.contactId),
    await bilingual.taskOf(spanish.contactId),
  ];

  assert.ok(english.heard().some((what) => what.startsWith('Please leave a message')));
  assert.ok(spanish.heard().some((what) => what.startsWith('Por favor, deje un mensaje')));
  assert.ok(placeOf(eightMinutes, await recordingOf(task)) >= 0);
  assert.equal(inSpanish.queueArn, `${written.instanceArn}/queue/agent/${ANA?.id}`);
  assert.equal(inSpanish.attributes['vmx3_lang'], 'es-US');
  assert.ok(!bilingual.happenings.some(({ kind }) => kind === 'dead-letter' || kind === 'flow-failed'));
});

test('a voicemail for a queue or for an agent is delivered there, as a task or with a guide, as the menus of the test flow say', async () => {
  const { connect: acme, happenings: live } = bilingual.simulator;
  const agentQueue = `${written.instanceArn}/queue/agent/${ANA?.id}`;
  const choices = [
    { mode: '1', recipient: '1', queueArn: BILLING_ARN, isGuided: false },
    { mode: '1', recipient: '2', queueArn: agentQueue, isGuided: false },
    { mode: '2', recipient: '1', queueArn: BILLING_ARN, isGuided: true },
    { mode: '2', recipient: '2', queueArn: agentQueue, isGuided: true },
  ] as const;
  const guided = new Set<string>();
  live.listen((one) => {
    if (one.kind === 'guide') guided.add(one.sourceContactId);
    if (one.kind === 'agent' && one.did === 'offered') void acme.agent(one.username).accept(one.contactId);
  });

  const delivered = choices.map(async ({ mode, recipient }) => {
    const inEnglish = { kind: 'press', keys: '1', when: 'asked' } as const;
    const script = [...throughTheMenus(mode, recipient), inEnglish, ...afterTheTone(MESSAGE)];
    return await bilingual.taskOf(acme.call({ from: CALLER, flow: 'Voicemail test', script }).contactId);
  });
  const tasks = await Promise.all(delivered);
  acme.agent('ana.ruiz').become('Available');
  await bilingual.until('the guides', () => (guided.size >= 2 ? guided : undefined));

  for (const [index, { queueArn, isGuided }] of choices.entries()) {
    assert.equal(tasks[index]?.queueArn, queueArn);
    assert.equal(guided.has(tasks[index]?.contactId ?? ''), isGuided);
    assert.equal(tasks[index]?.description, 'please call me back');
  }
});

test('if the queue of an entry flow is gone, a message goes to the fallback queue, in the language that was heard', async () => {
  const entry = connect.flows.named('Voicemail entry busy');
  assert.ok(entry);
  const document = parseFlow(JSON.stringify(entry.document).replaceAll(BILLING_ARN, `${SUPPORT_ARN}0`));
  connect.flows.add({ ...entry, id: 'f998', name: 'Entry without its queue', document });
  ana.become('Break');

  const attributes = { vmx3_lang: 'fr-FR' };
  const script = afterTheTone(MESSAGE);
  const call = connect.call({ from: CALLER, flow: 'f998', attributes, script });
  await call.ended;
  const task = await taskOf(call.contactId);

  assert.equal(task.queueArn, BILLING_ARN);
  assert.equal(connect.contact(call.contactId).attributes['vmx3_lang'], 'en-US');
});

/** Ana is signed in and on a break, and becomes available five seconds into the message. */
function answerDuringTheMessage(): void {
  ana.become('Break');
  const stopListening = simulator.happenings.listen((one) => {
    if (one.kind !== 'heard' || one.what !== '(tone)') return;
    clock.after(6000, () => ana.become('Available'));
    stopListening();
  });
}

/** A flow of the customer that offers voicemail in the queue, without the whispers. */
function addEntryWithoutWhispers(queueArn: string): string {
  const id = '9a9a9a9a-0000-4000-8000-00000000f999';
  connect.flows.add({
    id,
    arn: `${written.instanceArn}/contact-flow/${id}`,
    name: 'Forgetful entry',
    type: 'CONTACT_FLOW',
    document: flowDocument({
      queue: {
        type: 'UpdateContactTargetQueue',
        parameters: { QueueId: queueArn },
        next: 'hook',
        errors: { NoMatchingError: 'bye' },
      },
      hook: {
        type: 'UpdateContactEventHooks',
        parameters: { EventHooks: { CustomerQueue: simulator.deployment.outputs['InQueueFlow'] } },
        next: 'wait',
        errors: { NoMatchingError: 'bye' },
      },
      wait: {
        type: 'TransferContactToQueue',
        next: 'bye',
        errors: { QueueAtCapacity: 'bye', NoMatchingError: 'bye' },
      },
      bye: { type: 'DisconnectParticipant' },
    }),
  });
  return id;
}

/** Two languages, long messages, and Ana to test with. */
async function startBilingual() {
  const config = defineConfig({
    ...written,
    flows: {
      languages: ['en-US', 'es-US'],
      maxSeconds: 600,
      testAgentArn: `${written.instanceArn}/agent/${ANA?.id}`,
    },
  });
  return await startLaptop(otherSettings(config));
}
