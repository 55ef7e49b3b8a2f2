import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allSettings, settings } from '../config.ts';
import { readContactRecord } from './contact-record.ts';
import { parseLedgerEntry } from './ledger-entry.ts';
import { parseJobFailed } from './queue-messages.ts';
import { parseVoicemail } from './voicemail.ts';

test('what is wrong with something from outside is said with what came and what is allowed', () => {
  const defaults = { instanceArn: 'arn', language: 'en-US' };
  const failed = { 'detail-type': 'Transcribe Job State Change' };

  assert.throws(() => parseVoicemail({}), /instanceArn Invalid input: expected string, received undefined/);
  assert.throws(() => readContactRecord('{}', defaults), /Channel Invalid input: expected string, received/);
  assert.throws(
    () => parseLedgerEntry({ attempts: '1' }),
    /attempts Invalid input: expected number, received/,
  );
  assert.throws(() => parseJobFailed(failed), /detail Invalid input: expected object, received undefined/);
  assert.throws(() => settings(allSettings, { VMX_METRICS: 'all' }), /expected one of "essential"\|"full"/);
});
