import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { BILLING_ARN, CONTACT_ID, INSTANCE_ARN } from '../../test/contact-record.ts';
import { cut, taskFor, type Delivery } from './task.ts';

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
  recording: { durationMs: 65_300, isComplete: true },
  transcript: { kind: 'text', text: 'Please call me back.' },
  linkUrl: 'https://links.example.com/r/token',
  notes: [],
  timeZone: 'America/New_York',
};

test('an agent sees who called, when, for how long, what was said and where to hear it', () => {
  const task = taskFor(DELIVERY);

  assert.equal(task.name, 'Voicemail from +15555550142 for Billing');
  assert.equal(task.description, 'Please call me back.');
  assert.deepEqual(task.references, [
    { name: 'Recording', type: 'URL', value: 'https://links.example.com/r/token' },
    { name: 'Call back', type: 'STRING', value: '+15555550142' },
    { name: 'Received', type: 'STRING', value: 'Jul 4, 2026, 10:00 AM EDT' },
    { name: 'Length', type: 'STRING', value: '1 min 5 s' },
  ]);
});

test('the task carries the customer’s attributes, and is not a voicemail itself', () => {
  assert.deepEqual(taskFor(DELIVERY).attributes, {
    vmx3_flag: '0',
    vmx3_queue_arn: BILLING_ARN,
    vmx3_contact_id: CONTACT_ID,
    vmx3_from: '+15555550142',
    customer_tier: 'gold',
  });
});

test('a voicemail without transcript says so and why', () => {
  const transcript = { kind: 'gap', gap: 'FAILED', detail: 'Unsupported media format.' } as const;

  assert.equal(
    taskFor({ ...DELIVERY, transcript }).description,
    'There is no transcript: transcription failed (Unsupported media format.).',
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

test('a long transcript ends at a word', () => {
  assert.equal(cut('one two three', 13), 'one two three');
  assert.equal(cut('one two three', 12), 'one two…');
  assert.equal(cut('x'.repeat(20), 10), `${'x'.repeat(9)}…`);
});

test('whatever is said, in whatever language, the task stays within Connect’s limits', () => {
  const anyText = fc.string({ unit: 'grapheme', maxLength: 9000 });

  fc.assert(
    fc.property(anyText, fc.dictionary(fc.string(), anyText), (text, attributes) => {
      const task = taskFor({
        ...DELIVERY,
        voicemail: { ...DELIVERY.voicemail, from: text, attributes },
        recipient: { queueArn: BILLING_ARN, name: text },
        transcript: { kind: 'text', text },
        linkUrl: text,
      });

      assert.ok(task.name.length <= 512);
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
