import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { CallScript } from '../../simulator/services/connect/canned/call.ts';
import config from '../../voicemail.config.ts';
import { lintFlow } from '../../flows/lint/lint-flow.ts';
import {
  flowDocument,
  listens,
  MINIMAL_RECORDER,
  says,
  setsAttributes,
  type ShortAction,
} from '../flow-document.ts';
import { fileAt, BILLING_ARN, CALLER, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { otherSettings } from './other-settings.ts';
import { assertSameSamples } from '../same-samples.ts';

const MINUTE_MS = 60_000;
const BUCKET = 'acme-connect-recordings';
const PREFIX = 'connect/acme/CallRecordings/';
/** From the ring to the tone: this part is not in the message. */
const GREETING_MS = 6000;
const AUDIO = spokenNoise(3.1);
const MESSAGE: CallScript = { from: CALLER, queueArn: BILLING_ARN, audio: AUDIO, recordedBy: 'ivr' };

const GREETING = 'Please leave a message after the tone.';
/** Fifteen characters a second, and the tone. */
const TONE_AFTER_MS = Math.ceil((GREETING.length / 15) * 1000) + 1000;
const { flag, tone, end } = MINIMAL_RECORDER;
const recorderWith = (record: ShortAction) =>
  flowDocument({
    record: { ...record, next: 'ask' },
    ask: says(GREETING, 'flag'),
    flag: { ...flag, next: 'time' },
    time: setsAttributes({ vmx3_timestamp: '$.Attributes.tone_at' }, 'tone', 'sorry'),
    tone,
    listen: listens('end'),
    sorry: says('Voicemail is not available.', 'end'),
    end,
  });
const BEHAVIOR = { RecordedParticipants: [], IVRRecordingBehavior: 'Enabled' };
/** The action that Amazon Connect has had for years, and the one that its designer writes since 2025. */
const RECORDERS = {
  UpdateContactRecordingBehavior: recorderWith({
    type: 'UpdateContactRecordingBehavior',
    parameters: { RecordingBehavior: BEHAVIOR },
  }),
  UpdateContactRecordingAndAnalyticsBehavior: recorderWith({
    type: 'UpdateContactRecordingAndAnalyticsBehavior',
    parameters: { VoiceBehavior: { VoiceRecordingBehavior: BEHAVIOR } },
    errors: { NoMatchingError: 'sorry', ChannelMismatch: 'sorry' },
  }),
};

const world = (ivrRecordingsBucket = BUCKET) => ({ ...configuredWorld(), ivrRecordingsBucket });
const settings = otherSettings({ ...config, ivrRecordings: { bucket: BUCKET, prefix: PREFIX } });
const { simulator, happenings, taskOf } = await startLaptop({ ...settings, world: world() });

test('a message that is only in the IVR recording is delivered from its start, sample for sample', async () => {
  const task = await taskOf(simulator.connect.placeCall(MESSAGE).contactId);

  endsWith(await heard(task), AUDIO);
  assert.equal(task.description, 'please call me back');
});

for (const [index, [action, document]] of Object.entries(RECORDERS).entries()) {
  test(`a flow of one’s own that records the automated part of the call by ${action} takes a voicemail`, async () => {
    const { connect, clock } = simulator;
    const id = `9a9a9a9a-0000-4000-8000-00000000f99${index}`;
    const arn = `${config.instanceArn}/contact-flow/${id}`;
    connect.flows.add({ id, arn, name: `IVR recorder ${index}`, type: 'CONTACT_FLOW', document });
    assert.deepEqual(lintFlow({ name: action, document }), []);

    // In reality a function of the customer gives the flow the time; here the call has it as an attribute.
    const attributes = { tone_at: String(Math.floor(clock.now()) + TONE_AFTER_MS) };
    const script = [
      { kind: 'hear', what: '(tone)' },
      { kind: 'say', audio: AUDIO },
    ] as const;
    const { contactId } = connect.call({ from: CALLER, flow: id, attributes, script });
    const task = await taskOf(contactId);

    const kept = await heard(task);
    endsWith(kept, AUDIO);
    assert.ok(kept.slice(0, -AUDIO.length).every((sample) => sample === 0));
    assert.match(task.description, /please call me back$/);
    assert.equal(connect.contact(contactId).attributes['vmx3_timestamp'], attributes.tone_at);
  });
}

test('the time can be a number, and can be cut to seconds as flows cut it', async () => {
  for (const startsAt of [String, (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z')]) {
    endsWith(await heard(await leave(startsAt)), AUDIO);
  }
});

test('a message without a time, or with an invalid one, is delivered with everything before it', async () => {
  const contactIds: string[] = [];
  for (const timestamp of [undefined, 'half past +15555550142']) {
    const { contactId } = simulator.connect.placeCall({
      ...MESSAGE,
      attributes: { vmx3_timestamp: timestamp },
    });
    contactIds.push(contactId);
    const kept = await heard(await taskOf(contactId));
    assert.ok(kept.length >= AUDIO.length + 8 * GREETING_MS);
    assertSameSamples(kept.slice(-AUDIO.length), AUDIO);
  }
  const warnings = happenings.flatMap((one) =>
    one.kind === 'log' && one.line.includes('vmx3_timestamp') ? one.line : [],
  );
  const ofThese = warnings.filter((line) => contactIds.some((id) => line.includes(id)));
  assert.equal(ofThese.length, 1);
  assert.doesNotMatch(warnings.join(), /half past|5555550142/);
});

test('of the two channels the caller’s is kept, and nothing of the prompts on the other one', async () => {
  const timestamp = undefined;
  const { contactId } = simulator.connect.placeCall({
    ...MESSAGE,
    attributes: { vmx3_timestamp: timestamp },
  });

  const kept = await heard(await taskOf(contactId));

  assertSameSamples(kept.slice(-AUDIO.length), AUDIO);
  assert.ok(kept.slice(0, -AUDIO.length).every((sample) => sample === 0));
});

test('a caller on the other channel is not lost: both are kept, and the log says so', async () => {
  const { contactId } = simulator.connect.placeCall({ ...MESSAGE, ivrChannels: 'caller-left' });

  endsWith(
    await heard(await taskOf(contactId)),
    AUDIO.map((sample) => Math.round(sample / 2)),
  );
  const lines = happenings.flatMap((one) => (one.kind === 'log' ? one.line : []));
  assert.ok(lines.some((line) => line.includes(contactId) && line.includes('both channels are kept')));
});

test('a recording on one channel is kept as it is', async () => {
  const { contactId } = simulator.connect.placeCall({ ...MESSAGE, ivrChannels: 'one' });

  endsWith(await heard(await taskOf(contactId)), AUDIO);
});

test('a recording that is uploaded half an hour late is waited for', async () => {
  const hangUpAtMs = simulator.clock.now() + GREETING_MS + 3100;

  const { contactId } = simulator.connect.placeCall({ ...MESSAGE, uploadDelayMs: 30 * MINUTE_MS });
  const task = await taskOf(contactId);

  endsWith(await heard(task), AUDIO);
  assert.ok(simulator.clock.now() - hangUpAtMs > 30 * MINUTE_MS);
});

test('a recording that never comes is waited for an hour, and becomes a request to call back', async () => {
  const hangUpAtMs = simulator.clock.now() + GREETING_MS + 3100;

  const { contactId } = simulator.connect.placeCall({ ...MESSAGE, uploadDelayMs: Infinity });
  const task = await taskOf(contactId);

  assert.match(task.description, /could not be recorded\. Please call back\.$/);
  assert.equal(task.references['Recording'], undefined);
  const waitedMs = simulator.clock.now() - hangUpAtMs;
  assert.ok(waitedMs > 59 * MINUTE_MS && waitedMs < 80 * MINUTE_MS, `${waitedMs / MINUTE_MS} minutes`);
});

test('a flow that pauses the recording before the message, by one action and the other, loses no word of it', async () => {
  const cut = await startLaptop({ ...settings, world: { ...world(), ivrPauses: 'cut' } });
  const { connect, clock } = cut.simulator;
  const newer = (ivr: string, next: string): ShortAction => ({
    type: 'UpdateContactRecordingAndAnalyticsBehavior',
    parameters: { VoiceBehavior: { VoiceRecordingBehavior: { ...BEHAVIOR, IVRRecordingBehavior: ivr } } },
    next,
    errors: { NoMatchingError: 'sorry', ChannelMismatch: 'sorry' },
  });
  const secret = 'Please say your account number, which nobody is going to hear again.';
  const document = flowDocument({
    record: {
      type: 'UpdateContactRecordingBehavior',
      parameters: { RecordingBehavior: BEHAVIOR },
      next: 'welcome',
    },
    welcome: says('Welcome.', 'pause'),
    pause: newer('Disabled', 'secret'),
    secret: says(secret, 'resume'),
    resume: newer('Enabled', 'ask'),
    ask: says(GREETING, 'flag'),
    flag: { ...flag, next: 'time' },
    time: setsAttributes({ vmx3_timestamp: '$.Attributes.tone_at' }, 'tone', 'sorry'),
    tone,
    listen: listens('end'),
    sorry: says('Voicemail is not available.', 'end'),
    end,
  });
  const id = '9a9a9a9a-0000-4000-8000-00000000f998';
  const arn = `${config.instanceArn}/contact-flow/${id}`;
  connect.flows.add({ id, arn, name: 'IVR recorder with a pause', type: 'CONTACT_FLOW', document });
  const spokenMs = Math.ceil(((secret.length + 'Welcome.'.length) / 15) * 1000);
  const attributes = { tone_at: String(Math.floor(clock.now()) + TONE_AFTER_MS + spokenMs) };
  const script = [
    { kind: 'hear', what: '(tone)' },
    { kind: 'say', audio: AUDIO },
  ] as const;

  const { contactId } = connect.call({ from: CALLER, flow: id, attributes, script });

  endsWith(await heard(await cut.taskOf(contactId)), AUDIO);
});

test('a bucket that is not configured is never read, and the log names the setting', async () => {
  const elsewhere = await startLaptop({ ...settings, world: world('someone-elses-recordings') });
  const without = await startLaptop({ world: world() });

  for (const laptop of [elsewhere, without]) {
    const task = await laptop.taskOf(laptop.simulator.connect.placeCall(MESSAGE).contactId);

    assert.match(task.description, /could not be recorded\. Please call back\.$/);
    const lines = laptop.happenings.flatMap((one) => (one.kind === 'log' ? one.line : []));
    assert.ok(lines.some((line) => /WARN.*setting ivrRecordings|WARN.*set ivrRecordings/.test(line)));
  }
});

/** A message whose attribute says when it begins, as `startsAt` writes that. */
function leave(startsAt: (ms: number) => string) {
  const ringsAtMs = Math.floor(simulator.clock.now() / 1000) * 1000;
  const attributes = { vmx3_timestamp: startsAt(ringsAtMs + GREETING_MS) };
  return taskOf(simulator.connect.placeCall({ ...MESSAGE, attributes }).contactId);
}

/** All of the message, and before it no more than what the record's times, cut to seconds, leave open. */
function endsWith(kept: Int16Array, message: Int16Array): void {
  assert.ok(kept.length >= message.length && kept.length < message.length + 8 * 2500);
  assertSameSamples(kept.slice(-message.length), message);
}

async function heard({ references }: { references: Readonly<Record<string, { value: string }>> }) {
  return samplesOf(await fileAt(references['Recording']?.value));
}
