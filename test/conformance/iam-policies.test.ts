import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  CreatePolicyCommand,
  type CreatePolicyCommandInput,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { LAPTOP_ACCOUNT } from '../../simulator/sample-account.ts';
import { startTestStack } from '../../simulator/template/stack.fixture.ts';
import { answered } from './setup.ts';

const STATEMENT = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme/*' };
const READS = { Version: '2012-10-17', Statement: [STATEMENT] };

async function acme(t: TestContext) {
  const { endpoint, credentials, addRole } = await startTestStack(t, { resources: {} });
  const iam = new IAMClient({ endpoint, credentials, region: 'us-east-1' });
  const reader = addRole({ arn: `arn:aws:iam::${LAPTOP_ACCOUNT.id}:role/reader`, statements: [] });
  return { iam, refused: new IAMClient({ endpoint, credentials: reader, region: 'us-east-1' }) };
}

const policy = (changes: Partial<CreatePolicyCommandInput> = {}) =>
  new CreatePolicyCommand({
    PolicyName: 'reads',
    PolicyDocument: JSON.stringify(READS, undefined, 2),
    ...changes,
  });

test('a policy is made, and read again as it was made', async (t) => {
  const { iam } = await acme(t);

  const { Policy } = await iam.send(policy({ Path: '/team/', Description: 'Reads recordings.' }));
  const PolicyArn = Policy?.Arn ?? '';
  const read = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));

  assert.equal(PolicyArn, 'arn:aws:iam::111122223333:policy/team/reads');
  assert.match(Policy?.PolicyId ?? '', /^ANPA[0-9A-F]{17}$/);
  assert.equal(Policy?.AttachmentCount, 0);
  assert.equal(read.Policy?.Description, 'Reads recordings.');
  assert.deepEqual(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '')), READS);
});

test('a name that is taken, and a document without sense or of too many characters, are refused', async (t) => {
  const { iam } = await acme(t);
  await iam.send(policy());
  const of = (document: object) => policy({ PolicyName: 'other', PolicyDocument: JSON.stringify(document) });
  const withStatement = (changes: object) => of({ ...READS, Statement: { ...STATEMENT, ...changes } });
  const malformed = answered(400, 'MalformedPolicyDocumentException');

  await assert.rejects(
    iam.send(policy({ PolicyName: 'READS' })),
    answered(409, 'EntityAlreadyExistsException'),
  );
  for (const wrong of [
    policy({ PolicyName: 'other', PolicyDocument: '{' }),
    of({ Version: '2012-10-17' }),
    of({ ...READS, Version: '2026-01-01' }),
    withStatement({ Effect: 'Maybe' }),
    withStatement({ Principal: '*' }),
    withStatement({ Action: 'GetObject' }),
    withStatement({ Resource: 'acme' }),
    withStatement({ Resource: undefined }),
  ]) {
    await assert.rejects(iam.send(wrong), malformed);
  }
  await assert.rejects(iam.send(policy({ PolicyName: 'no space' })), { name: 'ValidationError' });

  const room = 6144 - JSON.stringify(READS).length + STATEMENT.Resource.length;
  const long = 'arn:aws:s3:::'.padEnd(room, 'x');
  await iam.send(withStatement({ Resource: long }));
  const longer = iam.send(
    policy({
      PolicyName: 'longer',
      PolicyDocument: JSON.stringify({ ...READS, Statement: [{ ...STATEMENT, Resource: `${long}xxx` }] }),
    }),
  );
  await assert.rejects(longer, answered(409, 'LimitExceededException'));
});

test('a policy needs the permission to make it', async (t) => {
  const { refused } = await acme(t);

  await assert.rejects(refused.send(policy()), {
    name: /AccessDenied/,
    message: /not authorized to perform: iam:CreatePolicy on resource: .*:policy\/reads/,
  });
});
