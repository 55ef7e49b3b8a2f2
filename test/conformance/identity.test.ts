import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  GetRoleCommand,
  IAMClient,
  paginateSimulatePrincipalPolicy,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createClock } from '../../simulator/clock.ts';
import { createGateway } from '../../simulator/gateway/gateway.ts';
import type { Credentials } from '../../simulator/gateway/callers.ts';
import { createIdentities } from '../../simulator/gateway/iam.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { LAPTOP_ACCOUNT } from '../../simulator/sample-account.ts';
import { createIam } from '../../simulator/services/iam/iam.ts';
import { createSts } from '../../simulator/services/sts/sts.ts';
import type { Administrator } from '../../simulator/world/account-state.ts';
import { answered, simulatorOnly } from './setup.ts';

const closers: (() => unknown)[] = [];
after(() => Promise.all(closers.map((close) => close())));

const OPEN_ROLE = 'arn:aws:iam::111122223333:role/Publisher';
const ROLE = 'arn:aws:iam::111122223333:role/path/Deployer';

/** STS and IAM for that administrator; the account has the role `Deployer`, too. */
async function clientsOf(administrator?: Administrator) {
  const identities = createIdentities(LAPTOP_ACCOUNT, administrator);
  const clock = createClock('real');
  const services = [createSts({ clock, identities }).service, createIam({ clock, identities }).service];
  const { endpoint, close } = await createGateway({
    clock,
    happenings: createHappenings(),
    services,
    identities,
  });
  closers.push(close, clock.stop);
  const credentials = identities.administrator;
  const deployer = identities.addRole({
    arn: ROLE,
    statements: [
      { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::ours*' },
      { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' },
    ],
  });
  identities.addRole({ arn: OPEN_ROLE, trustsAccount: true, statements: [] });
  return {
    clock,
    stsOf: (session: Credentials) => new STSClient({ endpoint, region: 'us-east-1', credentials: session }),
    sts: new STSClient({ endpoint, region: 'us-east-1', credentials }),
    // Global services sign for one Region of their partition.
    iam: new IAMClient({ endpoint, region: 'us-east-1', credentials }),
    iamOfDeployer: new IAMClient({ endpoint, region: 'us-east-1', credentials: deployer }),
  };
}

test('a caller learns who it is: a user', simulatorOnly, async () => {
  const { sts } = await clientsOf();

  const { Account, Arn, UserId = '' } = await sts.send(new GetCallerIdentityCommand({}));

  assert.equal(Account, '111122223333');
  assert.equal(Arn, 'arn:aws:iam::111122223333:user/administrator');
  assert.match(UserId, /^AIDA[A-F0-9]{17}$/);
});

test('a caller learns who it is: a session of a role, of another account', simulatorOnly, async () => {
  const arn = 'arn:aws:sts::444455556666:assumed-role/Admin/ana';
  const { sts, iam } = await clientsOf({ arn });

  const { Account, Arn, UserId = '' } = await sts.send(new GetCallerIdentityCommand({}));

  assert.deepEqual([Account, Arn], ['444455556666', arn]);
  assert.match(UserId, /^AROA[A-F0-9]{17}:ana$/);
  await assert.rejects(iam.send(new GetRoleCommand({ RoleName: 'Deployer' })), answered(403, 'AccessDenied'));
});

test('a role is found by its name, with the path that a session does not tell', simulatorOnly, async () => {
  const name = 'AWSReservedSSO_AdministratorAccess_0123456789abcdef';
  const { iam } = await clientsOf({ arn: `arn:aws:sts::111122223333:assumed-role/${name}/ana` });

  const deployer = await iam.send(new GetRoleCommand({ RoleName: 'Deployer' }));
  const own = await iam.send(new GetRoleCommand({ RoleName: name }));

  assert.partialDeepStrictEqual(deployer.Role, { Arn: ROLE, Path: '/path/', RoleName: 'Deployer' });
  assert.equal(own.Role?.Arn, `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/${name}`);
  await assert.rejects(
    iam.send(new GetRoleCommand({ RoleName: 'nobody' })),
    answered(404, 'NoSuchEntityException'),
  );
});

test(
  'a simulation says what a role may do, action by action and resource by resource',
  simulatorOnly,
  async () => {
    const { iam } = await clientsOf();
    const pages = paginateSimulatePrincipalPolicy(
      { client: iam, pageSize: 3 },
      {
        PolicySourceArn: ROLE,
        ActionNames: ['s3:GetObject', 's3:DeleteBucket'],
        ResourceArns: ['arn:aws:s3:::ours', 'arn:aws:s3:::theirs'],
      },
    );

    const decisions: unknown[] = [];
    for await (const { EvaluationResults = [] } of pages) {
      decisions.push(
        EvaluationResults.map((one) => `${one.EvalResourceName?.slice(13)} ${one.EvalDecision}`),
      );
    }

    assert.deepEqual(decisions, [
      ['ours allowed', 'theirs implicitDeny', 'ours explicitDeny'],
      ['theirs explicitDeny'],
    ]);
  },
);

test('neither a session nor somebody unknown can be simulated', simulatorOnly, async () => {
  const { iam } = await clientsOf();
  const simulate = (PolicySourceArn: string) =>
    iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['s3:GetObject'] }));

  await assert.rejects(
    simulate('arn:aws:sts::111122223333:assumed-role/Deployer/ana'),
    answered(400, 'InvalidInputException'),
  );
  await assert.rejects(
    simulate('arn:aws:iam::111122223333:user/nobody'),
    answered(404, 'NoSuchEntityException'),
  );
});

test('a caller who may not simulate learns which permission is missing', simulatorOnly, async () => {
  const { iamOfDeployer } = await clientsOf();
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: ROLE,
    ActionNames: ['s3:GetObject'],
  });

  await assert.rejects(iamOfDeployer.send(command), (error) => {
    answered(403, 'AccessDenied')(error);
    return /iam:SimulatePrincipalPolicy on resource: arn:aws:iam::111122223333:role\/path\/Deployer/.test(
      String(error),
    );
  });
});

test('an administrator with statements may do what they say, and nothing else', simulatorOnly, async () => {
  const arn = 'arn:aws:iam::111122223333:user/ana';
  const { iam } = await clientsOf({
    arn,
    statements: [{ Effect: 'Allow', Action: 'iam:SimulatePrincipalPolicy', Resource: arn }],
  });
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: arn,
    ActionNames: ['iam:SimulatePrincipalPolicy', 'iam:GetRole'],
    ResourceArns: [arn],
  });

  const { EvaluationResults = [] } = await iam.send(command);

  assert.deepEqual(
    EvaluationResults.map(({ EvalDecision }) => EvalDecision),
    ['allowed', 'implicitDeny'],
  );
  await assert.rejects(iam.send(new GetRoleCommand({ RoleName: 'Deployer' })), answered(403, 'AccessDenied'));
});

test(
  'what the organization denies is denied to everybody, and the simulation says by whom',
  simulatorOnly,
  async () => {
    const { iam, iamOfDeployer } = await clientsOf({
      arn: 'arn:aws:iam::111122223333:user/ana',
      deniedByOrganization: [{ Effect: 'Deny', Action: 'iam:GetRole', Resource: '*' }],
    });
    const command = new SimulatePrincipalPolicyCommand({
      PolicySourceArn: ROLE,
      ActionNames: ['iam:GetRole', 's3:DeleteBucket'],
    });

    const { EvaluationResults = [] } = await iam.send(command);

    assert.deepEqual(
      EvaluationResults.map((one) => [one.EvalDecision, one.OrganizationsDecisionDetail]),
      [
        ['explicitDeny', { AllowedByOrganizations: false }],
        ['explicitDeny', { AllowedByOrganizations: true }],
      ],
    );
    for (const client of [iam, iamOfDeployer]) {
      await assert.rejects(
        client.send(new GetRoleCommand({ RoleName: 'Deployer' })),
        answered(403, 'AccessDenied'),
      );
    }
  },
);

test('a role that trusts the account is assumed, until the session expires', simulatorOnly, async () => {
  const { sts, stsOf, clock } = await clientsOf();
  const asked = { RoleArn: OPEN_ROLE, RoleSessionName: 'ana', DurationSeconds: 900 };

  const { Credentials: given, AssumedRoleUser } = await sts.send(new AssumeRoleCommand(asked));

  const arn = 'arn:aws:sts::111122223333:assumed-role/Publisher/ana';
  assert.equal(AssumedRoleUser?.Arn, arn);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
  const session = stsOf({
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  });
  assert.equal((await session.send(new GetCallerIdentityCommand({}))).Arn, arn);
  assert.equal((given?.Expiration?.getTime() ?? 0) <= clock.now() + 900_000, true);
  clock.advance(901_000);
  await assert.rejects(session.send(new GetCallerIdentityCommand({})), { name: 'ExpiredToken' });
});

test(
  'a role that trusts only a service, one that is not there and an external id are refused',
  simulatorOnly,
  async () => {
    const { sts } = await clientsOf();
    const RoleSessionName = 'ana';

    for (const asked of [
      { RoleArn: ROLE, RoleSessionName },
      { RoleArn: `${ROLE}s`, RoleSessionName },
      { RoleArn: OPEN_ROLE, RoleSessionName, ExternalId: 'x' },
    ]) {
      await assert.rejects(sts.send(new AssumeRoleCommand(asked)), answered(403, 'AccessDenied'));
    }
    for (const asked of [
      { RoleArn: OPEN_ROLE, RoleSessionName: '?' },
      { RoleArn: OPEN_ROLE, RoleSessionName, DurationSeconds: 60 },
    ]) {
      await assert.rejects(sts.send(new AssumeRoleCommand(asked)), answered(400, 'ValidationError'));
    }
  },
);
