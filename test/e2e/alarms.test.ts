import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import config from '../../voicemail.config.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { AwsError } from '../../simulator/service.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { keyOf, metricsIn } from './dashboard-metrics.ts';
import { startLaptop } from './laptop.ts';
import { otherSettings } from './other-settings.ts';
import { switchedOff } from './switched-off.ts';
import { endTaskOfNobody, mailTo, MESSAGE, plantOverdue, sendTo, tellOfMail } from './troubles.ts';

/** The failures during a scenario: an operation of one function, and the recognizer. */
let failing: { readonly caller: string; readonly operation: string; readonly error?: AwsError } | undefined;
let isDeaf = false;

/** Every alarm there is. */
const full = otherSettings({ ...config, monitoring: 'full' });
const { simulator, happenings, taskOf, settled, until } = await startLaptop({
  ...full,
  recognizer: createStandInRecognizer(() => {
    if (isDeaf) throw new Error('the recognizer broke');
    return 'please call me back';
  }),
  interfere: ({ operation, caller }) =>
    operation === failing?.operation && caller.startsWith(failing.caller)
      ? (failing.error ?? new AwsError('ConflictException', 409, 'out of order'))
      : undefined,
});
const { connect, deployment, eventBridge, lambda, kinesis, clock } = simulator;
/** A stack without event source mappings on its queues, and with some functions that cannot run. */
const idle = (
  await startLaptop({
    templatePatch: () => switchedOff(full.templatePatch()),
  })
).simulator;

const MINUTE_MS = 60_000;
/** Longer than the longest that an alarm waits for. */
const PATIENCE_MS = 20 * MINUTE_MS;
const STACK = `${deployment.stackName}: `;
let link = '';
let deliveredId = '';

/** By alarm: what makes it go off, and in which stack. Scenarios that leave something behind come last. */
const SCENARIOS: Readonly<Record<string, { readonly at?: Simulator; readonly act: () => unknown }>> = {
  'contact-records is failing': { act: () => callWhileCrashing('contact-records') },
  'save-recording is failing': { act: () => callWhileCrashing('save-recording') },
  'start-transcription is failing': { act: () => callWhileCrashing('start-transcription') },
  'deliver-voicemail is failing': { act: () => callWhileCrashing('deliver-voicemail') },
  'sweep is failing': { act: () => crash('sweep') },
  'open-recording is failing': { act: () => (crash('open-recording'), follow(link)) },
  'show-voicemail is failing': { act: () => (crash('show-voicemail'), showVoicemail()) },
  'transcriptions fail': { act: callWhileDeaf },
  'tasks end and nobody took them': { act: () => endTaskOfNobody(simulator) },
  'transcription-failed is failing': { act: () => (crash('transcription-failed'), callWhileDeaf()) },
  'transcriptions are refused': {
    act: () => leaveMessage({ attributes: { vmx3_flag: '1', vmx3_lang: 'xx-XX' } }),
  },
  'voicemails have no recording': { act: () => leaveMessage({ audio: new Int16Array(0) }) },
  'links do not open': {
    act() {
      failing = { caller: 'openrecording', operation: 'GetItem' };
      return follow(link);
    },
  },
  'many links are refused': {
    async act() {
      const done = clock.busy();
      for (let tries = 0; tries < 50; tries++) await follow(`${link.slice(0, -4)}fake`);
      done();
    },
  },
  'steps are being retried': {
    act() {
      failing = { caller: 'delivervoicemail', operation: 'StartTaskContact' };
      for (let calls = 0; calls < 3; calls++) leaveMessage();
    },
  },
  'contact records are being retried': { act: callWithoutLedger },
  'contact-records is behind': { act: callWithoutLedger },
  'contact-records has parked records': {
    act: () => kinesis.put(connect.world.contactRecordStreamArn, MALFORMED_RECORD, 'malformed'),
  },
  'recording-queue has dead letters': { act: () => sendTo(simulator, 'recording-queue') },
  'transcription-queue has dead letters': { act: () => sendTo(simulator, 'transcription-queue') },
  'transcription-failed-queue has dead letters': {
    act: () => sendTo(simulator, 'transcription-failed-queue'),
  },
  'delivery-queue has dead letters': { act: () => sendTo(simulator, 'delivery-queue') },
  'emails bounce': { act: () => mailTo(simulator, 'bounce@simulator.amazonses.com') },
  'emails are taken for spam': { act: () => mailTo(simulator, 'complaint@simulator.amazonses.com') },
  'emails are refused': {
    act() {
      const error = new AwsError('MessageRejected', 400, 'Email address is not verified.');
      failing = { caller: 'delivervoicemail', operation: 'SendEmail', error };
      return mailTo(simulator, 'billing@example.com');
    },
  },
  'emails are rejected': { act: () => tellOfMail(simulator, 'Reject', deliveredId) },
  'emails cannot be rendered': { act: () => tellOfMail(simulator, 'Rendering Failure', deliveredId) },
  'recording-queue is behind': { at: idle, act: () => sendTo(idle, 'recording-queue') },
  'transcription-queue is behind': { at: idle, act: () => sendTo(idle, 'transcription-queue') },
  'transcription-failed-queue is behind': { at: idle, act: () => sendTo(idle, 'transcription-failed-queue') },
  'delivery-queue is behind': { at: idle, act: () => sendTo(idle, 'delivery-queue') },
  'voicemails wait for Lambda': {
    at: idle,
    act: () => idle.connect.placeCall(MESSAGE),
  },
  'agents wait for Lambda': {
    at: idle,
    act: () => assert.rejects(showVoicemail(idle), { code: 'TooManyRequestsException' }),
  },
  'voicemails are stuck': { act: () => plantOverdue(simulator, { like: deliveredId, attempts: 2 }) },
  'voicemails were given up': { act: () => plantOverdue(simulator, { like: deliveredId, attempts: 25 }) },
  'voicemails are overdue': {
    act: () => plantOverdue(simulator, { like: deliveredId, attempts: 0, count: 10 }),
  },
  'no contact records arrive': { at: idle, act: () => callWhileRecordsGoElsewhere(idle) },
  'contact records are not read': {
    at: idle,
    act: () => (idle.deployment.stop(), callForHours(idle)),
  },
  'sweep does not run': { act: () => eventBridge.disableRule(ruleEveryMinute()) },
};

before(async () => {
  const calls = ['guided_task', 'task', 'email'].map((mode) =>
    leaveMessage({ attributes: { vmx3_flag: '1', vmx3_mode: mode } }),
  );
  leaveMessage({ audio: new Int16Array(4000) });
  for (const { contactId } of calls) await settled(contactId);
  deliveredId = calls[0]?.contactId ?? '';
  link = (await taskOf(deliveredId)).references['Recording']?.value ?? '';
  assert.equal((await follow(link)).status, 302);
  await showVoicemail();
  await clock.sleep(PATIENCE_MS);
});

test('calls that go well set off no alarm', () => {
  const states = [...simulator.cloudwatch.alarms().values()].map(({ state }) => state);

  assert.deepEqual(new Set(states), new Set(['OK']));
  assert.deepEqual(wentOff(), []);
});

test('every alarm has a scenario here that sets it off, and no scenario is of an alarm that is gone', () => {
  const titles = [...simulator.cloudwatch.alarms().keys()].map((name) => name.replace(STACK, ''));

  assert.deepEqual(titles.toSorted(), Object.keys(SCENARIOS).toSorted());
});

for (const [title, { at = simulator, act }] of Object.entries(SCENARIOS)) {
  test(`alarm: ${title}`, async () => {
    assert.notEqual(stateOf(title, at), 'ALARM', 'went off before its scenario');

    await act();

    const giveUpAtMs = at.clock.now() + PATIENCE_MS;
    while (stateOf(title, at) !== 'ALARM' && at.clock.now() < giveUpAtMs) await at.clock.sleep(MINUTE_MS);
    failing = undefined;
    isDeaf = false;
    assert.equal(stateOf(title, at), 'ALARM');
  });
}

test('an alarm ends with its cause', async () => {
  await until('records to be read again', () =>
    stateOf('contact-records is behind') === 'OK' ? true : undefined,
  );
});

test('the dashboard and the alarms use existing metrics', () => {
  const [{ body } = { body: '{}' }] = simulator.cloudwatch.dashboards().values();
  const alarms = [...simulator.cloudwatch.alarms().values()];
  const onDashboard = metricsIn(body);
  const watched = alarms.flatMap(({ settings }) => settings.metrics.map(keyOf));
  const reported = new Set([simulator, idle].flatMap(({ cloudwatch }) => cloudwatch.metrics().map(keyOf)));
  // Lambda has no metric for functions that it never throttled.
  const silent = Object.values(deployment.functions).map(({ name }) =>
    keyOf({ namespace: 'AWS/Lambda', name: 'Throttles', dimensions: { FunctionName: name } }),
  );

  assert.ok(onDashboard.length > 10);
  assert.deepEqual(
    [...onDashboard, ...watched].filter((key) => !reported.has(key) && !silent.includes(key)),
    [],
  );
});

test('the dashboard shows every alarm', () => {
  const [{ body } = { body: '{}' }] = simulator.cloudwatch.dashboards().values();

  for (const name of simulator.cloudwatch.alarms().keys()) assert.ok(body.includes(`alarm:${name}"`), name);
});

const MALFORMED_RECORD = JSON.stringify({
  Agent: null,
  Attributes: { vmx3_flag: '1' },
  Channel: 'VOICE',
  InstanceARN: connect.world.instanceArn,
});

function stateOf(title: string, { cloudwatch }: Simulator = simulator) {
  return cloudwatch.alarms().get(STACK + title)?.state;
}

function wentOff(): string[] {
  return happenings.flatMap((one) => (one.kind === 'alarm' && one.state === 'ALARM' ? [one.name] : []));
}

function leaveMessage(changes: Partial<Parameters<typeof connect.placeCall>[0]> = {}) {
  return connect.placeCall({ ...MESSAGE, ...changes });
}

function crash(bundle: string): void {
  lambda.crashNext(deployment.idOf('AWS::Lambda::Function', bundle), 1);
}

function callWhileCrashing(bundle: string): void {
  crash(bundle);
  leaveMessage();
}

function callWhileDeaf(): void {
  isDeaf = true;
  leaveMessage();
}

function callWithoutLedger(): void {
  failing = { caller: 'contactrecords', operation: 'PutItem' };
  leaveMessage();
}

/** A call each half hour, for a bit longer than the alarms on silence wait. */
async function callForHours({ connect: { placeCall }, clock: { sleep } }: Simulator): Promise<void> {
  for (let calls = 0; calls < 7; calls++) {
    placeCall(MESSAGE);
    await sleep(30 * MINUTE_MS);
  }
}

async function callWhileRecordsGoElsewhere(at: Simulator): Promise<void> {
  const { contactRecordStreamArn: streamArn } = at.connect.world;
  at.kinesis.createStream(`${streamArn}-2`);
  at.connect.sendRecordsTo(`${streamArn}-2`);
  await callForHours(at);
  at.connect.sendRecordsTo(streamArn);
}

function ruleEveryMinute(): string {
  return deployment.physicalId(deployment.idOf('AWS::Events::Rule', 'every-minute'));
}

const follow = (url: string) => fetch(url, { redirect: 'manual' });

function showVoicemail(at: Simulator = simulator) {
  const id = at.deployment.idOf('AWS::Lambda::Function', 'show-voicemail');
  const Details = {
    Parameters: { contact_id: deliveredId },
    ContactData: { InstanceARN: at.connect.world.instanceArn },
  };
  const event = { Name: 'ContactFlowEvent', Details };
  return at.lambda.invoke(at.deployment.functions[id]?.arn ?? '', JSON.stringify(event));
}
