import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIdentities } from './iam.ts';

const ROLE = 'arn:aws:iam::111122223333:role/reader';
const BUCKET = 'arn:aws:s3:::recordings';

test('each action on each resource is a grant, which counts as used once it allowed a call', () => {
  const identities = createIdentities();
  identities.addRole({
    arn: ROLE,
    statements: [
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `${BUCKET}/a/*` },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: `${BUCKET}/b/*` },
      { Effect: 'Deny', Action: 's3:*', Resource: `${BUCKET}/a/secret` },
    ],
  });
  const usedNow = () =>
    identities
      .grants()
      .filter(({ isUsed }) => isUsed)
      .map(({ action, resource }) => `${action} ${resource}`);
  const { isAllowed } = identities.callerFor(ROLE);

  isAllowed({ action: 's3:PutObject', resource: `${BUCKET}/b/1` });
  isAllowed({ action: 's3:GetObject', resource: `${BUCKET}/a/secret` });
  assert.deepEqual(usedNow(), []);
  isAllowed({ action: 's3:GetObject', resource: `${BUCKET}/a/1` });

  assert.deepEqual(usedNow(), [`s3:GetObject ${BUCKET}/a/*`]);
  assert.equal(identities.grants().length, 3);
});

test('sessions of one role share what has been used', () => {
  const identities = createIdentities();
  const statements = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] as const;
  identities.addRole({ arn: ROLE, statements });
  const { accessKeyId } = identities.addRole({ arn: ROLE, label: 'reader', statements });

  identities.find(accessKeyId)?.decide({ action: 's3:GetObject', resource: BUCKET });

  assert.deepEqual(
    identities.grants().map(({ isUsed }) => isUsed),
    [true],
  );
});
