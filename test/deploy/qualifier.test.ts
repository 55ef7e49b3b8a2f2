import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { policiesOf } from '../../cli/deployer-policy/deployer-policy.ts';
import type { VoicemailConfig } from '../../infra/config.ts';
import sample from '../../voicemail.config.ts';
import { keeper, STACK } from './keeper.ts';

const ROLE = 'arn:aws:iam::111122223333:role';
const MAKER = `${ROLE}/acme/voicemail-maker`;
const QUALIFIED: VoicemailConfig = { ...sample, bootstrap: { qualifier: 'acme' } };
const BOOTSTRAPPED = { state: { bootstrap: { version: 32, qualifier: 'acme' } } };
const DEPLOYER = `${ROLE}/acme/voicemail-deployer`;
const OWN_ROLES: VoicemailConfig = {
  ...sample,
  bootstrap: { qualifier: 'acme', cloudFormationRoleArn: MAKER, deployRoleArn: DEPLOYER },
};

/** Who asked CloudFormation to carry out a change set. */
function callersOf({ simulator }: Awaited<ReturnType<typeof keeper>>): ReadonlySet<string> {
  const callers = new Set<string>();
  simulator.happenings.listen((one) => {
    if (one.kind === 'api-call' && one.operation === 'ExecuteChangeSet') callers.add(one.caller);
  });
  return callers;
}

test('with a qualifier and roles of one’s own it is deployed, delivers, and is removed', async (t) => {
  const here = await keeper(t, OWN_ROLES, BOOTSTRAPPED);
  const { simulator, deploy, uninstall, leaveMessage, delivered, heard, place } = here;
  const callers = callersOf(here);
  simulator.addRole({ arn: MAKER, statements: [] });
  const stacks = { Effect: 'Allow' as const, Action: 'cloudformation:*', Resource: '*' };
  const passes = { Effect: 'Allow' as const, Action: 'iam:PassRole', Resource: MAKER };
  const looks = { Effect: 'Allow' as const, Action: ['ssm:GetParameter', 's3:GetObject*'], Resource: '*' };
  simulator.addRole({ arn: DEPLOYER, trustsAccount: true, statements: [stacks, passes, looks] });

  const code = await deploy().catch((error: unknown) => String(error));

  assert.equal(code, 0, heard());
  assert.match([...callers].join(), /assumed-role\/voicemail-deployer\//);
  const client = new CloudFormationClient(place);
  const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
  assert.equal(found?.RoleARN, MAKER);
  await delivered(leaveMessage());
  assert.equal(await uninstall('--lose-waiting').catch((error: unknown) => String(error)), 0, heard());
});

test('an account that is bootstrapped with another qualifier is refused in plain words', async (t) => {
  const { deploy, heard } = await keeper(t, QUALIFIED);

  const refused = String(await deploy().catch((error: unknown) => error));
  const despite = String(await deploy('--despite', 'not-bootstrapped').catch((error: unknown) => error));

  const command =
    'npx cdk bootstrap aws://111122223333/us-east-1 --qualifier acme --toolkit-stack-name CDKToolkit-acme';
  assert.match(
    refused,
    /Account 111122223333 is not bootstrapped for CDK in us-east-1 with the qualifier acme\./,
  );
  assert.ok(refused.includes(command), refused);
  assert.match(despite, /nothing was changed: the account is not prepared for CDK with the qualifier acme/);
  assert.ok(despite.includes(command), despite);
  assert.doesNotMatch(heard(), /Deployed:/);
});

test('a role that the deploy role may not pass is named', async (t) => {
  const bootstrap = { qualifier: 'acme', cloudFormationRoleArn: MAKER };
  const { simulator, deploy } = await keeper(t, { ...sample, bootstrap }, BOOTSTRAPPED);
  simulator.addRole({ arn: MAKER, statements: [] });

  const refused = String(await deploy().catch((error: unknown) => error));

  assert.match(refused, /nothing was changed: .*iam:PassRole.*voicemail-maker/s);
});

test('the policies of people name the qualifier and the roles', async () => {
  const text = JSON.stringify(await policiesOf('deploy', OWN_ROLES));

  assert.match(text, /role\/acme\/voicemail-deployer/);
  assert.match(text, /cdk-acme-file-publishing-role-111122223333-us-east-1/);
  assert.match(text, /parameter\/cdk-bootstrap\/acme\/version/);
  assert.doesNotMatch(text, /hnb659fds/);
});
