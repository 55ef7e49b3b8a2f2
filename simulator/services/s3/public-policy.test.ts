import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublic } from './public-policy.ts';

const allows = (more: object) =>
  JSON.stringify({ Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:*', ...more } });
const source = (value: string) => ({ Condition: { IpAddress: { 'aws:sourceIp': value } } });

test('a policy is public if it lets everybody in without a condition that leaves only some', () => {
  assert.equal(isPublic(allows({})), true);
  assert.equal(isPublic(allows({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })), true);
  assert.equal(isPublic(allows(source('0.0.0.0/0'))), true);
  assert.equal(isPublic(allows(source('192.0.2.0/24'))), false);
  assert.equal(isPublic(allows({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } })), false);
  assert.equal(isPublic(allows({ Effect: 'Deny' })), false);
});
