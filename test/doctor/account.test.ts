import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { LEAST_BOOTSTRAP_VERSION } from '../../cli/doctor/facts/bootstrap-version.ts';
import { bootstrapOf } from '../../infra/bootstrap-settings.ts';
import { stackForTests } from '../../scripts/synth.ts';
import type { PolicyStatement } from '../../simulator/gateway/policy.ts';
import type { AccountState } from '../../simulator/world/account-state.ts';
import sample from '../../voicemail.config.ts';
import { diagnose } from './diagnose.ts';

const USER = 'arn:aws:iam::111122223333:user/ana';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Deployer_0123456789abcdef/ana';
const ROLES = 'arn:aws:iam::111122223333:role/cdk-hnb659fds';
const READS: PolicyStatement = {
  Effect: 'Allow',
  Action: [
    ...['connect', 'iam', 'ssm', 'lambda', 'servicequotas', 'cloudformation', 's3', 'dynamodb'].flatMap(
      (service) => [`${service}:Get*`, `${service}:List*`, `${service}:Describe*`],
    ),
    'iam:SimulatePrincipalPolicy',
  ],
  Resource: '*',
};

function administrator(arn: string, ...statements: PolicyStatement[]): AccountState {
  return { administrator: { arn, statements } };
}

test('credentials of another account are all that is reported', async (t) => {
  const arn = 'arn:aws:sts::444455556666:assumed-role/Admin/ana.ruiz';
  const { outcomes, findingsOf, text, exitCode } = await diagnose(t, {
    state: { administrator: { arn } },
    isDeployed: false,
  });

  assert.equal(outcomes.length, 1);
  assert.partialDeepStrictEqual(findingsOf('other-account'), [
    {
      severity: 'blocker',
      what: 'The credentials are of account 444455556666, and instanceArn is in account 111122223333. Nothing else was looked at: it would be about another account.',
    },
  ]);
  assert.equal(exitCode, 1);
  assert.doesNotMatch(text, /ana\.ruiz/);
});

test('an account that is not bootstrapped, and one whose bootstrap is too old', async (t) => {
  const missing = await diagnose(t, {
    state: { bootstrap: { version: 32, qualifier: 'theirs' } },
    isDeployed: false,
  });
  const old = await diagnose(t, { state: { bootstrap: { version: 5 } }, isDeployed: false });

  assert.partialDeepStrictEqual(missing.findingsOf('not-bootstrapped'), [
    {
      severity: 'blocker',
      what: 'Account 111122223333 is not bootstrapped for CDK in us-east-1.',
      remedy:
        "Run npx cdk bootstrap aws://111122223333/us-east-1, once, with an administrator's credentials.",
    },
  ]);
  assert.partialDeepStrictEqual(old.findingsOf('not-bootstrapped'), [
    { what: 'What cdk bootstrap left in us-east-1 has version 5, and the stack needs 6 or newer.' },
  ]);
});

test('the bootstrap version that is asked for is the one that the stack needs', async () => {
  const { assemblyFolder } = await stackForTests();
  const needs = z.looseObject({
    requiresBootstrapStackVersion: z.number(),
    bootstrapStackVersionSsmParameter: z.string(),
  });
  const { artifacts } = z
    .object({ artifacts: z.record(z.string(), z.looseObject({ properties: z.unknown() })) })
    .parse(JSON.parse(readFileSync(join(assemblyFolder, 'manifest.json'), 'utf8')));

  const found = Object.values(artifacts).flatMap(({ properties }) => needs.safeParse(properties).data ?? []);

  assert.ok(found.length > 0);
  for (const one of found) {
    assert.equal(one.requiresBootstrapStackVersion, LEAST_BOOTSTRAP_VERSION);
    assert.equal(one.bootstrapStackVersionSsmParameter, bootstrapOf(sample).versionParameter);
  }
});

test('credentials that may only look cannot deploy, and the report names what is missing', async (t) => {
  const { findingsOf, text } = await diagnose(t, { state: administrator(SESSION, READS), isDeployed: false });

  assert.partialDeepStrictEqual(findingsOf('deployer-lacks-permission'), [
    {
      severity: 'blocker',
      certainty: 'likely',
      what: 'With these credentials the stack cannot be deployed: they may neither assume the roles that cdk bootstrap made, nor do without them.',
    },
  ]);
  assert.match(
    text.replaceAll(/\s+/g, ' '),
    /not allowed on arn:aws:iam::111122223333:role\/cdk-hnb659fds-deploy-role-111122223333-us-east-1: sts:AssumeRole/,
  );
  assert.match(text, /iam:PassRole/);
  assert.doesNotMatch(text, /ana/);
});

test('credentials that may assume the roles of CDK, or do what these do, can deploy', async (t) => {
  const assumes: PolicyStatement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `${ROLES}-*` };
  const does: PolicyStatement = {
    Effect: 'Allow',
    Action: ['cloudformation:*', 's3:PutObject', 'iam:PassRole'],
    Resource: '*',
  };

  for (const statement of [assumes, does]) {
    const { findingsOf, cannotTell } = await diagnose(t, {
      state: administrator(USER, READS, statement),
      isDeployed: false,
    });

    assert.deepEqual(findingsOf('deployer-lacks-permission'), []);
    assert.equal(cannotTell['deployer-lacks-permission'], undefined);
  }
});

test('a refusal counts more than what is allowed, and the root user may do everything', async (t) => {
  const all: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' };
  const refused: PolicyStatement = {
    Effect: 'Deny',
    Action: ['sts:AssumeRole', 'iam:PassRole'],
    Resource: '*',
  };
  const user = await diagnose(t, { state: administrator(USER, all, refused), isDeployed: false });
  const root = await diagnose(t, {
    state: administrator('arn:aws:iam::111122223333:root', refused),
    isDeployed: false,
  });

  assert.deepEqual(
    user.findingsOf('deployer-lacks-permission')[0]?.evidence.map(({ saw }) => saw),
    [
      `not allowed on ${ROLES}-deploy-role-111122223333-us-east-1: sts:AssumeRole`,
      `not allowed on ${ROLES}-file-publishing-role-111122223333-us-east-1: sts:AssumeRole`,
      `not allowed on ${ROLES}-cfn-exec-role-111122223333-us-east-1: iam:PassRole`,
    ],
  );
  assert.deepEqual(root.findingsOf('deployer-lacks-permission'), []);
});

test('a refusal by AWS Organizations is named, as nobody in the account can lift it', async (t) => {
  const deniedByOrganization: PolicyStatement[] = [
    { Effect: 'Deny', Action: ['sts:AssumeRole', 's3:PutObject'], Resource: '*' },
  ];
  const { findingsOf } = await diagnose(t, {
    state: { administrator: { arn: USER, deniedByOrganization } },
    isDeployed: false,
  });

  const [finding] = findingsOf('deployer-lacks-permission');
  assert.match(finding?.what ?? '', /A policy of AWS Organizations refuses some of it/);
  assert.match(finding?.evidence.at(-1)?.saw ?? '', /: s3:PutObject \(by AWS Organizations\)$/);
});

test('what may not be read is not guessed', async (t) => {
  const { cannotTell, exitCode } = await diagnose(t, {
    state: administrator(SESSION, { ...READS, Action: ['connect:*', 'sts:*'] }),
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(cannotTell, {
    'not-bootstrapped': 'ssm:GetParameter is not allowed',
    'deployer-lacks-permission': 'iam:GetRole is not allowed',
    'lambda-concurrency-low': 'lambda:GetAccountSettings is not allowed',
    'no-stack': 'cloudformation:DescribeStacks is not allowed',
  });
  assert.match(cannotTell['quota-below-default'] ?? '', /^servicequotas:Get\w+ is not allowed$/);
  assert.equal(exitCode, 2);
});

test('a new account runs few functions at once, and has less of other things, too', async (t) => {
  const quota = {
    serviceCode: 'transcribe',
    quotaCode: 'L-6F7AB1C9',
    quotaName: 'Number of concurrent batch transcription jobs',
  };
  const { findingsOf } = await diagnose(t, {
    state: { lambda: { concurrentExecutions: 10 }, quotas: [{ ...quota, value: 5 }] },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('lambda-concurrency-low'), [
    {
      severity: 'warning',
      what: 'In us-east-1 the account may run 10 Lambda functions at once, and the stack alone runs up to 40.',
    },
  ]);
  assert.partialDeepStrictEqual(findingsOf('quota-below-default'), [
    {
      severity: 'warning',
      what: `The quota "Number of concurrent batch transcription jobs" is 5 in us-east-1, and AWS's default is 250.`,
      remedy:
        'Ask for more: aws service-quotas request-service-quota-increase --service-code transcribe --quota-code L-6F7AB1C9 --desired-value 250 --region us-east-1.',
    },
  ]);
});

test('a stack that is to work on more voicemails a second needs a quota of Amazon Connect that is as high', async (t) => {
  const { findingsOf } = await diagnose(t, { config: { voicemailsPerSecond: 10 } });

  assert.partialDeepStrictEqual(findingsOf('quota-below-default'), [
    {
      severity: 'warning',
      what: 'The quota "Rate of StartTaskContact API requests" is 2 in us-east-1, and voicemailsPerSecond is 10.',
      remedy:
        'Ask for more: aws service-quotas request-service-quota-increase --service-code connect --quota-code L-E704D621 --desired-value 10 --region us-east-1.',
    },
  ]);
});

test('a Region that lacks something is found by the documentation, as no API knows it', async (t) => {
  const home =
    'arn:aws-us-gov:connect:us-gov-west-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa';
  const { findingsOf } = await diagnose(t, {
    world: {
      instanceArn: home,
      contactRecordStreamArn: 'arn:aws-us-gov:kinesis:us-gov-west-1:111122223333:stream/acme-ctr',
    },
    config: { instanceArn: home, links: { host: 'function-url' } },
    isDeployed: false,
  });

  const findings = findingsOf('region-lacks-service');
  assert.equal(findings.length, 1);
  assert.partialDeepStrictEqual(findings[0], {
    severity: 'blocker',
    certainty: 'likely',
    what: "By AWS's documentation, read in November 2026, us-gov-west-1 does not have Lambda function URLs (AWS::Lambda::Url), through which links to recordings are opened.",
    remedy:
      "Set links.host to 'api-gateway', 'own-domain' or 'none', or leave links out. Or read those pages as they are now: AWS may have added it.",
  });
});
