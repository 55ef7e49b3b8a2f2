import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createAsker } from '../../cli/aws/asker.ts';
import { deploySettings } from '../../cli/deploy/deploy.ts';
import { parseDeployOptions } from '../../cli/deploy/deploy-options.ts';
import { policiesOf } from '../../cli/deployer-policy/deployer-policy.ts';
import { KNOWN_TYPES } from '../../cli/deployer-policy/resource-needs.ts';
import { LONGEST_POLICY } from '../../cli/deployer-policy/statements.ts';
import { parseInitOptions } from '../../cli/init/init-options.ts';
import { runInit } from '../../cli/init/run-init.ts';
import { createLook } from '../../cli/doctor/look.ts';
import { runVmx } from '../../cli/run-vmx.ts';
import { templatesCommand } from '../../cli/templates/templates.ts';
import { TEST_WORDS } from '../../src/domain/test-voicemail.ts';
import { verify } from '../../cli/verify/verify.ts';
import { listCommand } from '../../cli/voicemails/list.ts';
import { redriveCommand } from '../../cli/voicemails/redrive.ts';
import { showCommand } from '../../cli/voicemails/show.ts';
import { configuredState } from '../../laptop/configured-state.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { stackForTests } from '../../scripts/synth.ts';
import type { SimulatorOptions } from '../../simulator/options.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { type SimulatedAccount, startSimulator } from '../../simulator/simulator.ts';
import sample from '../../voicemail.config.ts';
import { otherSettings } from '../e2e/other-settings.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { inTerminalOf } from './in-terminal.ts';
import { remover, STACK } from './remover.ts';

type Whom = Parameters<typeof policiesOf>[0];

const ROLE = 'arn:aws:iam::111122223333:role/Deployer';
const LIMITS = { wait: () => Promise.resolve(), clock: () => performance.now() };

/** Credentials of somebody who may do exactly what is printed. */
async function allowed(whom: Whom, config = sample) {
  const statements = (await policiesOf(whom, config)).flatMap(({ Statement }) => Statement);
  return ({ addRole }: SimulatedAccount) => addRole({ arn: ROLE, statements });
}

/** The actions that are printed, were not needed, and have no reason. */
function unexplained({ grants }: SimulatedAccount): readonly string[] {
  const own = grants().filter(({ roleArn }) => roleArn === ROLE);
  const used = new Set(own.filter(({ isUsed }) => isUsed).map(({ action }) => action));
  return [
    ...new Set(
      own.map(({ action }) => action).filter((action) => !used.has(action) && !(action in NOT_NEEDED_HERE)),
    ),
  ].toSorted();
}

async function account(t: TestContext, { assemblyFolder, ...options }: Partial<SimulatorOptions> = {}) {
  const surroundings = {
    world: configuredWorld(),
    state: SAMPLE_STATE,
    recognizer: createStandInRecognizer('please call me back'),
    ...options,
  };
  const simulator: SimulatedAccount = assemblyFolder
    ? await startSimulator({ ...surroundings, assemblyFolder })
    : await startSimulator(surroundings);
  t.after(simulator.close);
  return simulator;
}

function listening() {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  return { said, terminal: { out: say, err: say } };
}

/** What the sample and the simulator do not need, and others do: with the reason. */
const NOT_NEEDED_HERE: Readonly<Record<string, string>> = {
  'cloudformation:DescribeStackEvents': 'to watch what another deployment has begun',
  'cloudformation:UpdateTerminationProtection': 'of a stack that vmx deploy has made',
  'dynamodb:PutItem': 'to bring back entries of a restored table',
  'sts:GetCallerIdentity': 'IAM allows it to everybody',
  'cloudformation:DescribeStackResourceDrifts': 'where somebody has looked for drift',
  'connect:ListPhoneNumbersV2': 'where it must be said which numbers there are',
  'connect:ListViews': 'where no stack is deployed',
  'kms:DescribeKey': 'where a stream has a key',
  'kms:GetKeyPolicy': 'where a stream has a key',
  's3:ListBucket': 'where a transcript is missing, so that S3 says so and does not refuse',
  'ses:GetEmailTemplate': 'where the settings name an email template',
  'ses:ListEmailIdentities': 'where the sender is not verified',
};

test('the doctor sees everything with what is printed for it', async (t) => {
  const mayLook = await allowed('doctor');
  let looked: SimulatedAccount | undefined;
  const { cannotTell, found } = await diagnose(t, {
    credentials: (simulator) => {
      looked = simulator;
      return mayLook(simulator);
    },
  });

  assert.deepEqual(cannotTell, {});
  // For looking alone, which the doctor notes.
  assert.ok(found.includes('deployer-lacks-permission'), found.join(' '));
  assert.ok(looked);
  assert.deepEqual(unexplained(looked), []);
});

test('the doctor sees the domain of Customer Profiles with what is printed for it', async (t) => {
  const config = { ...sample, customerProfiles: { domain: 'acme' } };
  const { cannotTell, findingsOf } = await diagnose(t, {
    config,
    state: { ...SAMPLE_STATE, profileDomains: [{ name: 'acme', instanceArns: [sample.instanceArn] }] },
    credentials: await allowed('doctor', config),
    isDeployed: false,
  });

  assert.deepEqual([cannotTell, findingsOf('customer-profiles-domain')], [{}, []]);
});

test('vmx deploy deploys with what is printed for it', async (t) => {
  const simulator = await account(t);
  const credentials = (await allowed('deploy'))(simulator);
  inTerminalOf(t, { ...simulator, credentials });
  const { terminal, said } = listening();

  const code = await deploySettings(
    { config: sample, file: 'voicemail.config.ts' },
    parseDeployOptions(['--yes']),
    { terminal, prompter: undefined },
    LIMITS,
  );

  assert.equal(code, 0, said.join('\n'));
  assert.doesNotMatch(said.join('\n'), /Not looked at/);
});

test('vmx uninstall removes the stack with what is printed for it', async (t) => {
  const mayRemove = await allowed('uninstall');
  let credentials: ReturnType<typeof mayRemove> | undefined;
  const { simulator, uninstall, heard } = await remover(t, {
    credentials: (one) => (credentials ??= mayRemove(one)),
  });

  assert.equal(await uninstall('--yes', STACK), 0, heard());
  assert.deepEqual(unexplained(simulator), []);
});

test('vmx uninstall --delete-data deletes what is kept with what is printed for it', async (t) => {
  const mayDelete = await allowed('delete-data');
  let credentials: ReturnType<typeof mayDelete> | undefined;
  const { simulator, uninstall, heard } = await remover(t, {
    credentials: (one) => (credentials ??= mayDelete(one)),
  });
  const Bucket = simulator.deployed(STACK).outputs['TranscriptsBucket'] ?? '';
  await simulator.s3.put({ bucket: Bucket, key: 'a.json', body: Buffer.from('{}') });
  const { endpoint, credentials: administrator } = simulator;
  const s3 = new S3Client({
    endpoint,
    credentials: administrator,
    region: 'us-east-1',
    forcePathStyle: true,
  });
  await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'b.json' }));

  assert.equal(await uninstall('--yes', STACK), 0, heard());
  assert.equal(await uninstall('--yes', STACK, '--delete-data', STACK), 0, heard());
  assert.deepEqual(unexplained(simulator), []);
});

test('vmx init reads, and switches on, with what is printed for it', async (t) => {
  // There is only a stream of others, and `init` makes the one that it suggests.
  const world = laptopWorld({
    hasMediaStreaming: false,
    contactRecordsElsewhere: 'off',
    contactRecordStreamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/clicks',
  });
  const simulator = await account(t, { world });
  const root = mkdtempSync(join(tmpdir(), 'init-'));
  t.after(() => rmSync(root, { recursive: true }));
  const { endpoint, account: home } = simulator;
  const credentials = (await allowed('init'))(simulator);
  const asker = createAsker({ region: home.region, endpoint, credentials }, LIMITS);
  const { terminal, said } = listening();

  const code = await runInit(
    parseInitOptions(['--yes', '--fix', '--stream', sample.contactRecordStreamArn]),
    { terminal, prompter: undefined, root, asker },
  );

  assert.equal(code, 0, said.join('\n'));
  assert.doesNotMatch(said.join('\n'), /Not read|Still to do:\n.*--fix/);
});

test('vmx verify sends, compares and removes a test voicemail with what is printed for it', async (t) => {
  const simulator = await account(t, {
    assemblyFolder: (await stackForTests()).assemblyFolder,
    recognizer: createStandInRecognizer(TEST_WORDS),
  });
  const { endpoint } = simulator;
  const limits = { wait: (ms: number) => pause(ms / 20), clock: () => 0 };
  const place = { endpoint, credentials: (await allowed('verify'))(simulator) };
  const look = createLook({ config: sample, place, limits });
  const { terminal, said } = listening();

  const wanted = { queue: 'Billing', isJson: false, isCall: true, isMail: false, isYes: true };
  const code = await verify(wanted, { look, terminal, prompter: undefined, limits });

  assert.equal(code, 0, said.join('\n'));
  assert.deepEqual(unexplained(simulator), []);
});

test('voicemails and templates are worked on with what is printed for it', async (t) => {
  const simulator = await account(t, { assemblyFolder: (await stackForTests()).assemblyFolder });
  const queueUrl = simulator.deployed(STACK).outputs['DeliveryDeadLettersUrl'];
  const { endpoint } = simulator;
  const sqs = new SQSClient({ endpoint, credentials: simulator.credentials, region: 'us-east-1' });
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: '{}' }));
  inTerminalOf(t, { ...simulator, credentials: (await allowed('operate'))(simulator) });
  const commands = [listCommand, showCommand, redriveCommand, templatesCommand].map((command) =>
    command(() => Promise.resolve()),
  );

  for (const [line, wanted] of [
    ['list --state all', 0],
    ['show 11111111-0000-4000-8000-000000000001', 1],
    ['redrive --queue delivery-queue --yes', 0],
    ['templates list', 0],
  ] as const) {
    const { terminal, said } = listening();
    const code = await runVmx(commands, line.split(' '), terminal);
    assert.doesNotMatch(said.join('\n'), /do not allow/, line);
    assert.equal(code, wanted, `${line}: ${said.join('\n')}`);
  }
});

test('CloudFormation’s policies know every resource type of the stack, no other, and fit', async () => {
  const { assemblyFolder } = await stackForTests();
  const template = readFileSync(join(assemblyFolder, `${STACK}.template.json`), 'utf8');
  const types = new Set([...template.matchAll(/"Type": ?"(AWS::\w+::\w+)"/g)].map(([, type = '']) => type));
  types.delete('AWS::SSM::Parameter');
  // Links of the sample lead to a function URL; infra/link-hosts.test.ts has these.
  for (const part of ['Api', 'ApiMapping', 'DomainName', 'Integration', 'Route', 'Stage'])
    types.add(`AWS::ApiGatewayV2::${part}`);
  // Full monitoring has one, and the sample's is essential.
  types.add('AWS::CloudWatch::Dashboard');
  // The canary has one; infra/voicemail-stack.test.ts has it.
  types.add('AWS::Lambda::EventInvokeConfig');

  assert.deepEqual([...types].toSorted(), KNOWN_TYPES.toSorted());
  const policies = [...(await policiesOf('cloudformation', sample)), ...(await policiesOf('all', sample))];
  for (const policy of policies) assert.ok(JSON.stringify(policy).length <= LONGEST_POLICY);
});

test('with a key of one’s own, voicemails are worked on with what is printed for it', async (t) => {
  const kmsKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/5e5e5e5e-0000-4000-8000-00000000e001';
  const config = { ...sample, kmsKeyArn };
  const { assemblyFolder } = await stackForTests();
  const state = configuredState(config);
  const simulator = await account(t, { assemblyFolder, state, ...otherSettings(config) });
  const statements = (await policiesOf('operate', config)).flatMap(({ Statement }) => Statement);
  const withoutKey = statements.filter(({ Resource }) => !Resource.includes(kmsKeyArn));
  const { endpoint, sqs } = simulator;
  const [deadLetters = ''] = sqs.queueArns().filter((arn) => /deliveryqueuedead/i.test(arn));
  sqs.send(deadLetters, '{}');

  for (const [name, granted, wanted] of [
    ['without', withoutKey, /do not allow|not authorized|KMS/i],
    ['with', statements, /^(?!.*do not allow)/s],
  ] as const) {
    const credentials = simulator.addRole({ arn: `${ROLE}-${name}`, statements: granted });
    await t.test(`${name} the key`, async (part) => {
      inTerminalOf(part, { ...simulator, endpoint, credentials });
      for (const line of ['list --state all', 'redrive --queue delivery-queue --yes']) {
        const { terminal, said } = listening();
        const commands = [listCommand, redriveCommand].map((command) => command(() => Promise.resolve()));
        await runVmx(commands, line.split(' '), terminal);
        assert.match(said.join('\n'), wanted, line);
      }
    });
  }
});
