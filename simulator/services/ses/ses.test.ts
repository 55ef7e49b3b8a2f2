import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClock } from '../../clock.ts';
import { createHappenings } from '../../happenings.ts';
import { type ApiRequest, AwsError } from '../../service.ts';
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

test('an error for a client of API v1 is XML, and any other JSON', () => {
  const error = new AwsError('UnknownOperationException', 501, 'ListIdentities');

  const version1 = service.errorAnswer(error, REQUEST);
  const version2 = service.errorAnswer(error, { ...REQUEST, headers: {} });

  assert.equal(service.find(REQUEST), undefined);
  assert.deepEqual([version1.status, version2.status], [501, 501]);
  assert.match(String(version1.body), /<Code>UnknownOperationException<\/Code><Message>ListIdentities</);
  assert.match(String(version2.body), /"__type":"UnknownOperationException"/);
});

test('lists are where the older models of clients ask for them, too', () => {
  const names = ['/v2/email/identities', '/v2/email/configuration-sets'].map(
    (path) => service.find({ ...REQUEST, method: 'GET', path, headers: {}, body: Buffer.alloc(0) })?.name,
  );

  assert.deepEqual(names, ['ListEmailIdentities', 'ListConfigurationSets']);
});
