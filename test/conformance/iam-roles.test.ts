import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  type ListRolesCommandInput,
  SimulateCustomPolicyCommand,
  type SimulateCustomPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { GetAccessKeyInfoCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { startTestStack } from '../../simulator/template/stack.fixture.ts';
import { answered } from './setup.ts';

const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const READS = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme/*' }],
};

/** A stack with two roles, one of which has all that a role can have in a template. */
async function acme(t: TestContext) {
  const simulator = await startTestStack(t, {
    resources: {
      Reader: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'reader',
          Description: 'Reads recordings.',
          AssumeRolePolicyDocument: TRUST,
          MaxSessionDuration: 7200,
          ManagedPolicyArns: [BASIC],
          Policies: [{ PolicyName: 'inside', PolicyDocument: READS }],
          Tags: [{ Key: 'team', Value: 'acme' }],
        },
      },
      More: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'more', PolicyDocument: READS, Roles: [{ Ref: 'Reader' }] },
      },
      Other: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: 'another', AssumeRolePolicyDocument: TRUST },
      },
    },
  });
  const { endpoint, credentials, addRole } = simulator;
  const settings = { endpoint, credentials, region: 'us-east-1' };
  const watcher = new IAMClient({
    ...settings,
    credentials: addRole({
      arn: 'arn:aws:iam::111122223333:role/watcher',
      statements: [
        { Effect: 'Allow', Action: 'iam:GetRole', Resource: 'arn:aws:iam::111122223333:role/reader' },
      ],
    }),
  });
  return { iam: new IAMClient(settings), sts: new STSClient(settings), watcher, credentials };
}

const documentOf = (encoded = ''): unknown => JSON.parse(decodeURIComponent(encoded));

test('a role of a stack tells who may assume it, and which policies it has', async (t) => {
  const { iam } = await acme(t);
  const RoleName = 'reader';

  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const inline = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const first = await iam.send(new ListRolePoliciesCommand({ RoleName, MaxItems: 1 }));
  const second = await iam.send(new ListRolePoliciesCommand({ RoleName, Marker: first.Marker }));
  const policy = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'more' }));
  const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));

  assert.partialDeepStrictEqual(Role, {
    Path: '/',
    Arn: 'arn:aws:iam::111122223333:role/reader',
    Description: 'Reads recordings.',
    MaxSessionDuration: 7200,
    Tags: [{ Key: 'team', Value: 'acme' }],
  });
  assert.deepEqual(documentOf(Role?.AssumeRolePolicyDocument), TRUST);
  assert.deepEqual(inline.PolicyNames, ['inside', 'more']);
  assert.deepEqual([first.PolicyNames, second.PolicyNames], [['inside'], ['more']]);
  assert.deepEqual(documentOf(policy.PolicyDocument), READS);
  assert.deepEqual(attached.AttachedPolicies, [
    { PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: BASIC },
  ]);
  const none = iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'none' }));
  await assert.rejects(none, answered(404, 'NoSuchEntityException'));
  const nobody = iam.send(new ListRolePoliciesCommand({ RoleName: 'nobody' }));
  await assert.rejects(nobody, answered(404, 'NoSuchEntityException'));
});

test('roles are listed by name and path, in pages', async (t) => {
  const { iam } = await acme(t);
  const list = (input: ListRolesCommandInput = {}) => iam.send(new ListRolesCommand(input));

  const all = await list();
  const first = await list({ MaxItems: 1 });
  const second = await list({ MaxItems: 1, Marker: first.Marker });
  const elsewhere = await list({ PathPrefix: '/team/' });

  assert.deepEqual(
    all.Roles?.map(({ RoleName }) => RoleName),
    ['another', 'reader', 'watcher'],
  );
  assert.deepEqual([first.IsTruncated, first.Roles?.[0]?.RoleName], [true, 'another']);
  assert.equal(second.Roles?.[0]?.RoleName, 'reader');
  assert.deepEqual(elsewhere.Roles, []);
  await assert.rejects(list({ Marker: 'x' }), { name: 'InvalidInputException' });
});

test('a policy of AWS’s own is read, and one that is not here is not said to be missing', async (t) => {
  const { iam } = await acme(t);

  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: BASIC }));
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn: BASIC, VersionId: Policy?.DefaultVersionId }),
  );

  assert.partialDeepStrictEqual(Policy, { PolicyName: 'AWSLambdaBasicExecutionRole', AttachmentCount: 1 });
  assert.match(JSON.stringify(documentOf(PolicyVersion?.Document)), /logs:PutLogEvents/);
  const own = iam.send(new GetPolicyCommand({ PolicyArn: 'arn:aws:iam::111122223333:policy/none' }));
  await assert.rejects(own, answered(404, 'NoSuchEntityException'));
  const another = iam.send(new GetPolicyCommand({ PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }));
  await assert.rejects(another, /GetPolicy: the simulator does not know the policy/);
  const version = iam.send(new GetPolicyVersionCommand({ PolicyArn: BASIC, VersionId: 'v99' }));
  await assert.rejects(version, answered(404, 'NoSuchEntityException'));
});

test('a policy that the call brings is simulated, with its context', async (t) => {
  const { iam } = await acme(t);
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 's3:Get*',
        Resource: 'arn:aws:s3:::acme/*',
        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'acme' } },
      },
    ],
  };
  const simulate = async (input: Partial<SimulateCustomPolicyCommandInput> = {}) => {
    const command = new SimulateCustomPolicyCommand({
      PolicyInputList: [JSON.stringify(policy)],
      ActionNames: ['s3:GetObject', 's3:PutObject'],
      ResourceArns: ['arn:aws:s3:::acme/x'],
      ...input,
    });
    const { EvaluationResults = [] } = await iam.send(command);
    return EvaluationResults.map(({ EvalDecision }) => EvalDecision);
  };
  const ContextEntries = [
    {
      ContextKeyName: 'aws:PrincipalTag/team',
      ContextKeyType: 'string' as const,
      ContextKeyValues: ['acme'],
    },
  ];

  assert.deepEqual(await simulate({ ContextEntries }), ['allowed', 'implicitDeny']);
  assert.deepEqual(await simulate(), ['implicitDeny', 'implicitDeny']);
  await assert.rejects(simulate({ PolicyInputList: ['{'] }), { name: 'InvalidInputException' });
  await assert.rejects(simulate({ Marker: 'x' }), { name: 'InvalidInputException' });
  const bounded = { PermissionsBoundaryPolicyInputList: [JSON.stringify(policy)] };
  await assert.rejects(
    simulate(bounded),
    /SimulateCustomPolicy: the simulator does not know PermissionsBoundary/,
  );
});

test('a role reads of IAM what it may, and STS tells whose an access key is', async (t) => {
  const { sts, watcher, credentials } = await acme(t);
  const RoleName = 'reader';

  await watcher.send(new GetRoleCommand({ RoleName }));
  const { Account } = await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: credentials.accessKeyId }));

  assert.equal(Account, '111122223333');
  for (const call of [
    watcher.send(new GetRoleCommand({ RoleName: 'another' })),
    watcher.send(new ListRolesCommand({})),
    watcher.send(new ListRolePoliciesCommand({ RoleName })),
    watcher.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'more' })),
    watcher.send(new ListAttachedRolePoliciesCommand({ RoleName })),
    watcher.send(new GetPolicyCommand({ PolicyArn: BASIC })),
    watcher.send(new GetPolicyVersionCommand({ PolicyArn: BASIC, VersionId: 'v1' })),
    watcher.send(new SimulateCustomPolicyCommand({ PolicyInputList: ['{}'], ActionNames: ['s3:GetObject'] })),
  ]) {
    await assert.rejects(call, { name: 'AccessDenied' });
  }
  const nobodys = sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }));
  await assert.rejects(nobodys, answered(400, 'ValidationError'));
  await assert.rejects(sts.send(new GetSessionTokenCommand({})), /operation of sts: GetSessionToken/);
});
