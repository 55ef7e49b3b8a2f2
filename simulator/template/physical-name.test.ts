import assert from 'node:assert/strict';
import { test } from 'node:test';
import { physicalName } from './physical-name.ts';

const LONG = 'recordingqueuedeadlettersQueue23F1CAFD'.repeat(3);

test('a name is made of stack, logical id and twelve characters', () => {
  const name = physicalName({ stackName: 'VoicemailExpress', logicalId: 'ledger28D1CA40', longest: 255 });

  assert.match(name, /^VoicemailExpress-ledger28D1CA40-[A-Za-z0-9]{12}$/);
});

test('a bucket is named in lower case', () => {
  const name = physicalName({ stackName: 'Acme', logicalId: 'Calls', longest: 63, lowerCase: true });

  assert.match(name, /^acme-calls-[a-z0-9]{12}$/);
});

test('a long name is cut to the service’s limit, and keeps its last part', () => {
  const one = physicalName({ stackName: 'VoicemailExpress', logicalId: LONG, longest: 64 });
  const other = physicalName({ stackName: 'VoicemailExpress', logicalId: `${LONG}2`, longest: 64 });

  assert.equal(one.length, 64);
  assert.match(one, /^VoicemailExpress-recordingqueue/);
  assert.notEqual(one, other);
});
