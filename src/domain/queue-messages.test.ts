import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { RECORDING_KEY, voicemailOf } from '../../test/voicemails.ts';
import { PermanentError } from './errors.ts';
import {
  contactIdIn,
  deliveryPushIn,
  mailEventIn,
  objectCreatedPush,
  parseJobFailed,
  parseObjectCreated,
} from './queue-messages.ts';

const JOB_FAILED = {
  'detail-type': 'Transcribe Job State Change',
  source: 'aws.transcribe',
  detail: {
    TranscriptionJobName: `vmx3_${CONTACT_ID}`,
    TranscriptionJobStatus: 'FAILED',
    FailureReason: 'Unsupported media format.',
  },
};

test('SES’s event about a mail is read by its tag, and events of other mails are not', () => {
  const mail = { messageId: 'mail-1', tags: { 'contact-id': ['c0ffee00'], 'ses:configuration-set': ['x'] } };
  const event = { source: 'aws.ses', detail: { eventType: 'Bounce', mail, bounce: {} } };

  assert.deepEqual(mailEventIn(event), { kind: 'Bounce', contactId: 'c0ffee00', messageId: 'mail-1' });
  assert.equal(mailEventIn({ ...event, source: 'aws.s3' }), undefined);
  const foreign = { ...event, detail: { eventType: 'Bounce', mail: { messageId: 'mail-2' } } };
  assert.deepEqual(mailEventIn(foreign), { kind: 'Bounce', contactId: undefined, messageId: 'mail-2' });
});

test('our own push is read like the event that it replaces', () => {
  assert.equal(parseObjectCreated(objectCreatedPush(RECORDING_KEY)), RECORDING_KEY);
});

test('a failed job says which and why', () => {
  assert.deepEqual(parseJobFailed(JOB_FAILED), {
    jobName: `vmx3_${CONTACT_ID}`,
    reason: 'Unsupported media format.',
  });
});

test('an event of another kind is refused, without quoting it', () => {
  for (const message of [null, {}, voicemailOf(), { 'detail-type': 'Object Deleted', detail: {} }]) {
    assert.throws(
      () => parseObjectCreated(message),
      (error) => error instanceof PermanentError && !error.message.includes('5555550142'),
    );
  }
  assert.throws(() => parseJobFailed(objectCreatedPush(RECORDING_KEY)), PermanentError);
});

test('a push to deliver is distinguished from an event', () => {
  const push = { push: 'deliver', contactId: CONTACT_ID } as const;

  assert.deepEqual(deliveryPushIn(push), push);
  assert.equal(deliveryPushIn(objectCreatedPush(RECORDING_KEY)), undefined);
});

test('the log gets the contact of every message', () => {
  const messages = [voicemailOf(), objectCreatedPush(RECORDING_KEY), JOB_FAILED];

  assert.deepEqual(messages.map(contactIdIn), [CONTACT_ID, CONTACT_ID, CONTACT_ID]);
  const tags = { 'contact-id': [CONTACT_ID] };
  const mailEvent = { source: 'aws.ses', detail: { eventType: 'Unheard of', mail: { tags } } };
  assert.equal(contactIdIn(mailEvent), CONTACT_ID);
  for (const other of ['anything else', { detail: { mail: {} } }, { detail: { mail: 'x' } }]) {
    assert.equal(contactIdIn(other), undefined);
  }
});
