import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { BILLING_ARN, CONTACT_ID, INSTANCE_ARN } from '../../test/contact-record.ts';
import { recordingOf } from '../../test/voicemails.ts';
import { UNSEEN } from './clean-text.ts';
import type { Delivery } from './delivery.ts';
import { taskFor } from './task.ts';

const DELIVERY: Delivery = {
  voicemail: {
    contactId: CONTACT_ID,
    instanceArn: INSTANCE_ARN,
    calledAtMs: Date.parse('2026-07-04T14:00:02Z'),
    endedAtMs: Date.parse('2026-07-04T14:01:09Z'),
    from: '+15555550142',
    queueArn: BILLING_ARN,
    language: 'en-US',
    attributes: { vmx3_flag: '1', customer_tier: 'gold' },
  },
  recipient: { queueArn: BILLING_ARN, name: 'Billing' },
  recording: recordingOf({ durationMs: 65_300 }),
  transcript: { kind: 'text', text: 'Please call me back.' },
  linkUrl: 'https://links.example.com/r/token',
  notes: [],
  timeZone: 'America/New_York',
};

test('an agent sees who called, when, for how long, what was said and where to hear it', () => {
  const task = taskFor(DELIVERY);

  assert.equal(task.name, 'Voicemail from +1 555 555 0142 for Billing');
  assert.equal(task.description, 'Please call me back.');
  assert.deepEqual(task.references, [
    { name: 'Recording', type: 'URL', value: 'https://links.example.com/r/token' },
    { name: 'Call back', type: 'STRING', value: '+15555550142' },
    { name: 'Received', type: 'STRING', value: 'Jul 4, 2026, 10:00 AM EDT, UTC−4' },
    { name: 'Length', type: 'STRING', value: '1 min 5 s' },
  ]);
});

test('the task carries the customer’s attributes, and is not a voicemail itself', () => {
  assert.deepEqual(taskFor(DELIVERY).attributes, {
    vmx3_flag: '0',
    vmx3_queue_arn: BILLING_ARN,
    vmx3_contact_id: CONTACT_ID,
    vmx3_target: 'queue',
    vmx3_from: '+15555550142',
    customer_tier: 'gold',
  });
});

test('people read the number in groups, machines read E.164, in whatever form the flow wrote it', () => {
  const { name, references, attributes } = taskFor({
    ...DELIVERY,
    voicemail: { ...DELIVERY.voicemail, from: '+44 (20) 7946-0018' },
  });

  assert.equal(name, 'Voicemail from +44 20 7946 0018 for Billing');
  assert.equal(references.find((one) => one.name === 'Call back')?.value, '+442079460018');
  assert.equal(attributes['vmx3_from'], '+442079460018');
});

test('a number to call back that is not valid is kept unchanged', () => {
  const { name, attributes } = taskFor({ ...DELIVERY, voicemail: { ...DELIVERY.voicemail, from: '1042' } });

  assert.equal(name, 'Voicemail from 1042 for Billing');
  assert.equal(attributes['vmx3_from'], '1042');
});

test('an extension is shown next to the number, and kept separate from the number to dial', () => {
  const from = 'tel:+1-555-555-0142;ext=123';
  const { name, references, attributes } = taskFor({
    ...DELIVERY,
    voicemail: { ...DELIVERY.voicemail, from },
  });

  assert.equal(name, 'Voicemail from +1 555 555 0142 ext. 123 for Billing');
  assert.deepEqual(references.slice(1, 3), [
    { name: 'Call back', type: 'STRING', value: '+15555550142' },
    { name: 'Extension', type: 'STRING', value: '123' },
  ]);
  assert.equal(attributes['vmx3_from'], '+15555550142');
  assert.equal(attributes['vmx3_from_extension'], '123');
});

test('a caller with a withheld number cannot be called back, whatever the call’s attributes say', () => {
  for (const from of [
    '+86282452253',
    'anonymous',
    '"Anonymous" <sip:anonymous@anonymous.invalid>',
    undefined,
  ]) {
    const copied = { vmx3_from: '+86282452253', vmx3_from_extension: '7' };
    const voicemail = { ...DELIVERY.voicemail, from, attributes: copied };

    const { name, references, attributes } = taskFor({ ...DELIVERY, voicemail });

    assert.equal(name, 'Voicemail from a withheld number for Billing');
    assert.deepEqual(
      references.map((reference) => reference.name),
      ['Recording', 'Received', 'Length'],
    );
    assert.deepEqual([attributes['vmx3_from'], attributes['vmx3_from_extension']], ['', '']);
  }
});

test('a task for a preferred agent names the agent for people and for its flow, whatever the call asked for', () => {
  const asked = { vmx3_target: 'agent', vmx3_preferred_agent: 'ana.ruiz', vmx3_preferred_agent_id: 'forged' };
  const voicemail = { ...DELIVERY.voicemail, attributes: asked };
  const preferredAgent = { userId: 'ana-id', name: 'Ana Ruiz' };
  const recipient = { ...DELIVERY.recipient, preferredAgent };

  const preferred = taskFor({ ...DELIVERY, voicemail, recipient });
  const unknown = taskFor({ ...DELIVERY, voicemail });

  assert.equal(preferred.name, 'Voicemail from +1 555 555 0142 for Ana Ruiz (Billing)');
  assert.equal(preferred.attributes['vmx3_target'], 'agent');
  assert.equal(preferred.attributes['vmx3_preferred_agent_id'], 'ana-id');
  assert.equal(unknown.attributes['vmx3_target'], 'queue');
});

test('a voicemail without transcript says so and why', () => {
  const transcript = { kind: 'gap', gap: 'FAILED', detail: 'Unsupported media format.' } as const;

  assert.equal(
    taskFor({ ...DELIVERY, transcript }).description,
    'There is no transcript: transcription failed.',
  );
});

test('a call that could not be recorded asks the agent to call back', () => {
  const { recording: _, transcript: __, linkUrl: ___, ...rest } = DELIVERY;
  const task = taskFor({ ...rest, notes: ['This message was left for no queue in particular.'] });

  assert.equal(
    task.description,
    'This message was left for no queue in particular.\nThe message could not be recorded. Please call back.',
  );
  assert.deepEqual(
    task.references.map(({ name }) => name),
    ['Call back', 'Received'],
  );
});

test('a call from a withheld number that could not be recorded does not ask to call back', () => {
  const { recording: _, transcript: __, linkUrl: ___, ...rest } = DELIVERY;
  const voicemail = { ...DELIVERY.voicemail, from: '+2562533' };

  const { description, references } = taskFor({ ...rest, voicemail });

  assert.equal(
    description,
    'The message could not be recorded. The number was withheld, so the caller cannot be called back.',
  );
  assert.deepEqual(
    references.map(({ name }) => name),
    ['Received'],
  );
});

test('a description may have 4,096 characters of any language, references 4,096 bytes', () => {
  const japanese = '折'.repeat(5000);
  const voicemail = { ...DELIVERY.voicemail, from: japanese.slice(0, 2000) };

  const task = taskFor({ ...DELIVERY, voicemail, transcript: { kind: 'text', text: japanese } });

  assert.equal(task.description.length, 4096);
  assert.equal(Buffer.byteLength(task.description), 4096 * 3);
  assert.deepEqual(
    task.references.map(({ name }) => name),
    ['Recording', 'Received', 'Length'],
  );
});

test('text that looks like markup, a path or JSON is kept unchanged, and nothing else of the task changes', () => {
  const hostile = `</a><script>alert("1")</script> $.Attributes.x {{x}} \\ "}`;
  const task = taskFor({
    ...DELIVERY,
    voicemail: { ...DELIVERY.voicemail, attributes: { note: hostile, [hostile]: 'x', __proto__: 'x' } },
    recipient: { queueArn: BILLING_ARN, name: hostile },
    transcript: { kind: 'text', text: hostile },
  });

  assert.equal(task.name, `Voicemail from +1 555 555 0142 for ${hostile}`);
  assert.equal(task.description, hostile);
  assert.deepEqual(task.references, taskFor(DELIVERY).references);
  assert.equal(task.attributes['note'], hostile);
  assert.ok(Object.keys(task.attributes).every((name) => /^[A-Za-z0-9_-]+$/.test(name)));
});

test('with any transcript, in any language, the task stays within Connect’s limits', () => {
  const anyText = fc.string({ unit: 'grapheme', maxLength: 9000 });

  fc.assert(
    fc.property(anyText, fc.dictionary(fc.string(), anyText), (text, attributes) => {
      const task = taskFor({
        ...DELIVERY,
        voicemail: { ...DELIVERY.voicemail, from: text, attributes },
        recipient: { queueArn: BILLING_ARN, name: text, preferredAgent: { userId: 'ana-id', name: text } },
        transcript: { kind: 'text', text },
        linkUrl: text,
        notes: [text],
      });

      assert.ok(task.name.length <= 1024);
      assert.ok(task.description.length <= 4096 && task.description.isWellFormed() === text.isWellFormed());
      assert.ok(bytes(Object.fromEntries(task.references.map(({ name, value }) => [name, value]))) <= 4096);
      assert.ok(bytes(task.attributes) <= 32_768);
    }),
    { numRuns: 200 },
  );
});

function bytes(record: Readonly<Record<string, string>>): number {
  return Object.entries(record).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
}

test('whatever a call brings, a task is in whole characters, and its name, numbers and notes on one line each', () => {
  const hostile = '\u001B[2J\nParts of the recording are missing.\u202E\u2028\uD83D';
  const voicemail = { ...DELIVERY.voicemail, from: `5${hostile}`, attributes: { odd: hostile } };
  const { name, description, references, attributes } = taskFor({
    ...DELIVERY,
    voicemail,
    recipient: { ...DELIVERY.recipient, name: `Billing${hostile}` },
    transcript: { kind: 'text', text: `Hello${hostile}` },
    notes: [`The target "${hostile}" is not known.`],
  });

  for (const text of [name, ...references.map(({ value }) => value)]) assert.doesNotMatch(text, UNSEEN);
  assert.equal(description.split('\n').length, 2);
  for (const line of description.split('\n')) assert.doesNotMatch(line, UNSEEN);
  const sent = [name, description, ...references.map(({ value }) => value), ...Object.values(attributes)];
  assert.deepEqual(
    sent.filter((text) => !text.isWellFormed()),
    [],
  );
});

test('only the task of a test voicemail says that it is one, whatever the call’s attributes say', () => {
  const said = { ...DELIVERY.voicemail, attributes: { vmx3_test: '1' } };

  assert.equal(taskFor({ ...DELIVERY, voicemail: said }).attributes['vmx3_test'], '');
  assert.equal(taskFor({ ...DELIVERY, voicemail: { ...said, isTest: true } }).attributes['vmx3_test'], '1');
});
