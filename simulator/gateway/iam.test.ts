import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIdentities } from './iam.ts';

const ROLE = 'arn:aws:iam::111122223333:role/path/SaveRecordingRole';
const PUT = { action: 's3:PutObject', resource: 'arn:aws:s3:::recordings/c1.wav' };

test('a function calls with its role, in a session that has its name', () => {
  const identities = createIdentities();

  const { accessKeyId } = identities.addRole({ arn: ROLE, label: 'SaveRecording', statements: [] });

  const identity = identities.find(accessKeyId);
  assert.equal(
    identity?.caller.arn,
    'arn:aws:sts::111122223333:assumed-role/SaveRecordingRole/SaveRecording',
  );
  assert.equal(identity?.label, 'SaveRecording');
});

test('a role has what its statements allow and nothing else', () => {
  const identities = createIdentities();
  identities.addRole({
    arn: ROLE,
    statements: [{ Effect: 'Allow', Action: PUT.action, Resource: PUT.resource }],
  });

  const caller = identities.callerFor(ROLE);

  assert.equal(caller.isAllowed(PUT), true);
  assert.equal(caller.isAllowed({ ...PUT, action: 's3:GetObject' }), false);
});

test('a policy that is put to a role counts for its sessions until it is deleted, whatever else the role gets', () => {
  const identities = createIdentities();
  const ofRole = { Effect: 'Allow', Action: 's3:GetObject', Resource: PUT.resource } as const;
  const ofPolicy = { Effect: 'Allow', Action: PUT.action, Resource: PUT.resource } as const;
  identities.addRole({ arn: ROLE, statements: [] });
  const caller = identities.callerFor(ROLE);
  const decisions = () => ['s3:GetObject', PUT.action].map((action) => caller.isAllowed({ ...PUT, action }));

  identities.putPolicy(ROLE, 'writes', [ofPolicy]);
  assert.deepEqual(decisions(), [false, true]);
  identities.replaceStatements(ROLE, [ofRole]);
  assert.deepEqual(decisions(), [true, true]);
  const { accessKeyId } = identities.addRole({ arn: ROLE, label: 'SaveRecording', statements: [ofRole] });
  assert.equal(identities.find(accessKeyId)?.caller.isAllowed(PUT), true);
  identities.deletePolicy(ROLE, 'writes');
  assert.deepEqual(decisions(), [true, false]);
  assert.equal(identities.find(accessKeyId)?.caller.isAllowed(PUT), false);
});

test('a deny of everything that does not come over TLS does not stop a call over loopback', () => {
  const identities = createIdentities();
  const overTls = { Bool: { 'aws:SecureTransport': 'false' } };
  identities.addRole({
    arn: ROLE,
    statements: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: '*', Resource: '*', Condition: overTls },
    ],
  });

  assert.equal(identities.callerFor(ROLE).isAllowed(PUT), true);
});

test('the administrator may do everything', () => {
  const identities = createIdentities();

  const administrator = identities.find(identities.administrator.accessKeyId);

  assert.equal(administrator?.caller.isAllowed(PUT), true);
});

test('a role is found by its ARN, and one that was never added is an error', () => {
  const identities = createIdentities();
  const credentials = identities.addRole({ arn: ROLE, statements: [] });

  assert.equal(identities.credentialsFor(ROLE), credentials);
  assert.throws(() => identities.credentialsFor(`${ROLE}2`), /there is no role/);
});
