import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ResourceChange } from '../../cli/deploy/changes.ts';
import { parseDeployOptions } from '../../cli/deploy/deploy-options.ts';
import { runDeploy } from '../../cli/deploy/run-deploy.ts';
import type { Check } from '../../cli/doctor/check.ts';
import { Unseen } from '../../cli/aws/asker.ts';
import { stackEvents } from '../../cli/aws/stack-events.ts';
import { createLook } from '../../cli/doctor/look.ts';
import type { Interruption } from '../../cli/interruption.ts';
import type { VoicemailConfig } from '../../infra/config.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import type { AccountState } from '../../simulator/world/account-state.ts';
import sample from '../../voicemail.config.ts';

const QUEUE: ResourceChange = {
  logicalId: 'recordingqueue1A2B',
  type: 'AWS::SQS::Queue',
  name: 'recording-queue',
  kind: 'created',
};

const MADE = {
  logicalId: 'VoicemailExpress',
  type: 'AWS::CloudFormation::Stack',
  status: 'CREATE_COMPLETE',
  reason: undefined,
  isOfStack: true,
};

const ALIAS_DIFFERS: Check = {
  id: 'alias-differs',
  lane: 'instance',
  title: 'whether the alias is right',
  run: () =>
    Promise.resolve([
      {
        severity: 'blocker',
        certainty: 'certain',
        what: 'The alias is another one.',
        suffers: 'Callers.',
        evidence: [],
        remedy: 'Correct it.',
      },
    ]),
};

interface Situation {
  readonly checks?: readonly Check[];
  /** Stacks that are there. */
  readonly stacks?: AccountState['stacks'];
  readonly config?: VoicemailConfig;
  readonly changes?: readonly ResourceChange[];
  /** What is typed at the questions. Absent: nobody is there. */
  readonly typed?: readonly string[];
  /** Happens after the changes were said. */
  readonly meanwhile?: 'other settings';
  readonly interruption?: Interruption;
}

const NEVER = { first: new AbortController().signal, second: new AbortController().signal };

const WITHOUT_INDEXES = {
  indexes: () => Promise.resolve(undefined),
  formerTemplate: () => Promise.resolve(undefined),
  stageFolder: () => '/nowhere',
};

/** An administrator who deploys to a simulated account; CDK's toolkit is a stand-in. */
async function administrator(t: TestContext, situation: Situation = {}) {
  const { checks = [], changes = [QUEUE], config = sample, typed } = situation;
  const simulator = await startSimulator({
    world: configuredWorld(),
    state: { ...SAMPLE_STATE, ...(situation.stacks && { stacks: situation.stacks }) },
    recognizer: createStandInRecognizer(''),
  });
  t.after(simulator.close);
  const { endpoint, credentials } = simulator;
  const said: string[] = [];
  let deployments = 0;
  let discarded = 0;
  const lookAgain = () =>
    createLook({
      config,
      place: { endpoint, credentials },
      limits: { wait: () => Promise.resolve(), clock: () => 0 },
    });
  const answers = [...(typed ?? [])];
  const prompter = {
    say: (text: string) => void said.push(text),
    read: (question: string) => {
      said.push(question);
      return Promise.resolve(answers.shift() ?? '');
    },
  };
  const deploy = (...args: readonly string[]) =>
    runDeploy(parseDeployOptions(args), {
      terminal: { out: (line) => void said.push(line), err: (line) => void said.push(line) },
      prompter: typed && prompter,
      settingsFile: 'deployments/acme.config.ts',
      config,
      look: lookAgain(),
      lookAgain,
      checks,
      synthesize: () => Promise.resolve('/nowhere'),
      toolkit: () =>
        Promise.resolve({
          deployRoleArn: undefined,
          propose: () =>
            Promise.resolve(
              changes.length > 0 ? { isFirst: true, resources: changes, isWider: true } : undefined,
            ),
        }),
      adopt: () => Promise.reject(new Error('nothing is left to adopt')),
      changeSet: () =>
        Promise.resolve({
          execute() {
            deployments += 1;
            return Promise.resolve({ news: () => Promise.resolve([MADE]) });
          },
          release: () => Promise.resolve(),
          discard: () => Promise.resolve(void (discarded += 1)),
        }),
      ...WITHOUT_INDEXES,
      events: (arn) => stackEvents(arn, lookAgain()),
      interruption: situation.interruption ?? NEVER,
      hasSettingsChanged: () => situation.meanwhile === 'other settings',
      wait: () => Promise.resolve(),
      clock: () => 0,
    });
  return {
    deploy,
    heard: () => said.join('\n'),
    deployments: () => deployments,
    discarded: () => discarded,
  };
}

test('what the doctor finds stops a deployment, unless it is passed over by its name', async (t) => {
  const { deploy, deployments } = await administrator(t, { checks: [ALIAS_DIFFERS] });

  await assert.rejects(deploy('--yes'), {
    name: 'RefusedError',
    message:
      /✖ The alias is another one\. \(alias-differs\)\n {4}Do: Correct it\.\n.*--despite alias-differs/,
  });
  await assert.rejects(deploy('--yes', '--despite', 'another'), /alias-differs/);
  assert.equal(deployments(), 0);
  assert.equal(await deploy('--yes', '--despite', 'alias-differs'), 0);
  assert.equal(deployments(), 1);
});

test('what a deployment mends does not stand against it', async (t) => {
  const stopped = { ...ALIAS_DIFFERS, id: 'record-reader-stopped' };
  const { deploy, deployments } = await administrator(t, { checks: [stopped] });

  assert.equal(await deploy('--yes'), 0);
  assert.equal(deployments(), 1);
});

test('a first deployment must know that no other stack serves the instance', async (t) => {
  const secondStack: Check = {
    ...ALIAS_DIFFERS,
    id: 'second-stack',
    title: 'whether another stack serves this instance',
    run: () => Promise.reject(new Unseen('cloudformation:DescribeStacks is not allowed')),
  };
  const first = await administrator(t, { checks: [secondStack] });
  await assert.rejects(
    first.deploy('--yes'),
    /could not be looked at whether another stack serves this instance: cloudformation:DescribeStacks is not allowed\. \(second-stack\)/,
  );
  const update = await administrator(t, {
    checks: [secondStack],
    stacks: [{ name: 'VoicemailExpress', status: 'CREATE_COMPLETE' }],
  });
  assert.equal(await update.deploy('--yes'), 0);
});

test('a stack whose first deployment failed is made again, and one whose rollback failed is not', async (t) => {
  const stuck = { ...ALIAS_DIFFERS, id: 'stack-stuck' };
  for (const [status, isRefused] of [
    ['ROLLBACK_COMPLETE', false],
    ['UPDATE_ROLLBACK_FAILED', true],
  ] as const) {
    const { deploy } = await administrator(t, {
      checks: [stuck],
      stacks: [{ name: 'VoicemailExpress', status }],
    });
    if (isRefused) await assert.rejects(deploy('--yes'), /stack-stuck/);
    else assert.equal(await deploy('--yes'), 0);
  }
});

test('a deployment whose alarms nobody would hear is refused, unless that is said', async (t) => {
  const { alarmEmails: _, ...config } = sample;
  const { deploy, deployments } = await administrator(t, { config });

  await assert.rejects(deploy('--yes'), /nobody would hear of alarms: set alarmEmails .*--no-alarm-mail/);
  assert.equal(deployments(), 0);
  assert.equal(await deploy('--yes', '--no-alarm-mail'), 0);
});

test('without --yes and without a person, nothing is deployed', async (t) => {
  const { deploy, deployments } = await administrator(t);

  await assert.rejects(deploy(), /nobody can be asked here: say --yes/);
  assert.equal(deployments(), 0);
});

test('a person sees the changes and agrees, or nothing happens', async (t) => {
  const { deploy, deployments, heard } = await administrator(t, { typed: ['n', 'y'] });

  await assert.rejects(deploy(), /stopped: nothing was changed/);
  assert.equal(deployments(), 0);
  assert.match(heard(), /The stack VoicemailExpress would be made:\n {2}created: 1 resource\n/);
  assert.equal(await deploy(), 0);
  assert.equal(deployments(), 1);
  assert.match(heard(), /Deployed: version unknown of stack VoicemailExpress/);
});

test('what would be lost must be agreed to by its name, with and without a person', async (t) => {
  const changes = [{ ...QUEUE, kind: 'replaced' as const }];
  const script = await administrator(t, { changes });

  await assert.rejects(script.deploy('--yes'), /would lose something\. .*--yes-replace recordingqueue1A2B/);
  assert.equal(await script.deploy('--yes', '--yes-replace', 'recordingqueue1A2B'), 0);
  assert.equal(script.deployments(), 1);

  const person = await administrator(t, { changes, typed: ['yes', 'recordingqueue1A2B', 'y'] });
  await assert.rejects(person.deploy(), /stopped: nothing was changed/);
  assert.equal(await person.deploy(), 0);
  assert.match(person.heard(), /To lose the voicemails that wait in it, type recordingqueue1A2B/);
});

test('settings that were changed since the changes were said stop it', async (t) => {
  const { deploy, deployments, discarded } = await administrator(t, { meanwhile: 'other settings' });

  await assert.rejects(deploy('--yes'), /acme\.config\.ts was changed meanwhile: nothing was deployed/);
  assert.deepEqual([deployments(), discarded()], [0, 1]);
});

test('where nothing would change, nothing is deployed or left behind', async (t) => {
  const { deploy, deployments, discarded, heard } = await administrator(t, { changes: [] });

  assert.equal(await deploy('--yes'), 0);
  assert.match(heard(), /Nothing in the stack VoicemailExpress would change\./);
  assert.deepEqual([deployments(), discarded()], [0, 1]);
});
