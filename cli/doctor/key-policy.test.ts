import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admitsDecrypting } from './key-policy.ts';

const ROLES = { partition: 'aws', accountId: '111122223333', namesBegin: 'VoicemailExpress-' };
const ROLE = 'arn:aws:iam::111122223333:role';

/** One statement that allows something. */
function allows(principal: unknown, action: unknown = 'kms:Decrypt', more: object = {}): string {
  return JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: principal, Action: action, Resource: '*', ...more }],
  });
}

/** What a policy says, and whether it may let the roles of the stack decrypt. */
const POLICIES = [
  ["the account's IAM policies decide", allows({ AWS: 'arn:aws:iam::111122223333:root' }, 'kms:*'), true],
  ['the account by its number', allows({ AWS: ['111122223333'] }), true],
  ['everybody', allows('*'), true],
  ['everybody, under a condition', allows({ AWS: '*' }, 'kms:De*', { Condition: { Bool: {} } }), true],
  ['a role of the stack', allows({ AWS: `${ROLE}/VoicemailExpress-saverecording-1A2B` }), true],
  ['a role of the stack with a path', allows({ AWS: `${ROLE}/apps/VoicemailExpress-x` }), true],
  ['all actions but some', allows('*', undefined, { NotAction: 'kms:ScheduleKeyDeletion' }), true],
  [
    'one statement, which is no list',
    JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: 'kms:*' } }),
    true,
  ],
  ['something that is no policy', '{}', true],
  ['a role of another stack', allows({ AWS: `${ROLE}/VoicemailExpressEast-saverecording-1A2B` }), false],
  ['another account', allows({ AWS: 'arn:aws:iam::999999999999:root' }, 'kms:*'), false],
  ['a service', allows({ Service: 'connect.amazonaws.com' }), false],
  ['encrypting alone', allows('*', ['kms:Encrypt', 'kms:GenerateDataKey*']), false],
  ['a denial', allows('*').replace('Allow', 'Deny'), false],
] as const;

for (const [name, policy, expected] of POLICIES) {
  test(`a key policy that names ${name} ${expected ? 'may let' : 'does not let'} the functions decrypt`, () => {
    assert.equal(admitsDecrypting(policy, ROLES), expected);
  });
}
