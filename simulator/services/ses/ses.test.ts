import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClock } from '../../clock.ts';
import { createHappenings } from '../../happenings.ts';
import type { ApiRequest } from '../../service.ts';
import { createSes } from './ses.ts';

const { service } = createSes({
  clock: createClock('fast'),
  happenings: createHappenings(),
  bus: { put: () => {} },
});

const REQUEST: ApiRequest = {
  method: 'POST',
  path: '/',
  query: new URLSearchParams(),
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: Buffer.from('Action=ListIdentities&Version=2010-12-01'),
  caller: { accountId: '111122223333', arn: 'arn', isAllowed: () => true },
  port: 'main',
  requestId: '1',
};

test('lists are where the older models of clients ask for them, too', () => {
  const names = ['/v2/email/identities', '/v2/email/configuration-sets'].map(
    (path) => service.find({ ...REQUEST, method: 'GET', path, headers: {}, body: Buffer.alloc(0) })?.name,
  );

  assert.deepEqual(names, ['ListEmailIdentities', 'ListConfigurationSets']);
});
