import assert from 'node:assert/strict';
import { test } from 'node:test';
import written from '../../voicemail.config.ts';
import { parseConfig } from '../config.ts';
import { sampleValuesIn } from './sample-values.ts';

const OWN_ARNS = JSON.stringify(written)
  .replaceAll('111122223333', '444455556666')
  .replaceAll('a1b2c3d4-0000-4000-8000-00000000aaaa', 'e2e2e2e2-0000-4000-8000-00000000eeee');

test('every value of the sample that belongs to an instance is known as the sample’s', () => {
  const named = sampleValuesIn(written).map((sentence) => sentence.split(' ')[0]);

  assert.deepEqual(named, [
    'instanceArn',
    'contactRecordStreamArn',
    'fallbackQueueArn',
    'email.from',
    'email.fallbackTo.0',
    'email.allowedDomains.0',
    'alarmEmails.0',
    'flows.testAgentArn',
    'instanceAlias',
  ]);
});

test('a queue and an agent of the sample are known in another instance too', () => {
  const { email: _, alarmEmails: __, ...config } = parseConfig(JSON.parse(OWN_ARNS));

  assert.deepEqual(sampleValuesIn(config), [
    'fallbackQueueArn has the queue of the sample, b1b1b1b1-0000-4000-8000-00000000b001',
    'flows.testAgentArn has the agent of the sample, d4d4d4d4-0000-4000-8000-00000000d001',
  ]);
});

test('somebody’s own instance may be called acme, and texts may speak of example.com', () => {
  const {
    email: _,
    alarmEmails: __,
    ...config
  } = parseConfig(
    JSON.parse(
      OWN_ARNS.replaceAll('00000000b001', '00000000b002').replaceAll('00000000d001', '00000000d002'),
    ),
  );
  const texts = { 'en-US': { thanks: 'Write to us@example.com' } };

  assert.deepEqual(sampleValuesIn({ ...config, flows: { ...config.flows, texts } }), []);
});

test('addresses that belong to nobody are known, and those that look like them are not', () => {
  const {
    email: _,
    alarmEmails: __,
    ...config
  } = parseConfig(
    JSON.parse(
      OWN_ARNS.replaceAll('00000000b001', '00000000b002').replaceAll('00000000d001', '00000000d002'),
    ),
  );
  const own = ['ops@example.de', 'example.com@globex.de', 'ops@myexample.com', 'ops@test.globex.de'];

  assert.deepEqual(sampleValuesIn({ ...config, alarmEmails: own }), []);
  assert.deepEqual(sampleValuesIn({ ...config, alarmEmails: ['ops@mail.EXAMPLE.org', 'a@acme.test'] }), [
    'alarmEmails.0 has an address of the sample, ops@mail.EXAMPLE.org',
    'alarmEmails.1 has an address of the sample, a@acme.test',
  ]);
});
