import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { adoptLegacy } from '../../cli/deploy/adopt/adopt-legacy.ts';
import { chooseLegacy } from '../../cli/deploy/adopt/choose-legacy.ts';
import { parseDeployOptions } from '../../cli/deploy/deploy-options.ts';
import { createLook } from '../../cli/doctor/look.ts';
import { stack } from '../../cli/doctor/facts/stack.ts';
import type { ClientPlace } from '../../cli/aws/asker.ts';
import type { VoicemailConfig } from '../../infra/config.ts';
import type { SimulatedAccount } from '../../simulator/simulator.ts';
import sample from '../../voicemail.config.ts';
import { mayAllBut } from '../doctor/diagnose.ts';
import { stackForTests } from '../../scripts/synth.ts';
import { legacies } from '../../cli/kept/legacies.ts';
import { remover, STACK } from './remover.ts';

/** Somebody who decides what a deployment does with what removed stacks left behind. */
function decider(
  { endpoint, credentials: administrator }: SimulatedAccount,
  {
    typed,
    config,
    credentials = administrator,
  }: {
    /** Absent: nobody is there. */
    readonly typed?: readonly string[];
    readonly config?: Partial<VoicemailConfig>;
    readonly credentials?: ClientPlace['credentials'];
  } = {},
) {
  const said: string[] = [];
  const answers = [...(typed ?? [])];
  const prompter = {
    say: (text: string) => void said.push(text),
    read: (question: string) => {
      said.push(question);
      return Promise.resolve(answers.shift() ?? '');
    },
  };
  const lookAgain = () =>
    createLook({
      config: { ...sample, ...config },
      place: { endpoint, ...(credentials && { credentials }) },
      limits: { wait: () => pause(10), clock: () => 0 },
    });
  return {
    lookAgain,
    heard: () => said.join('\n'),
    decide: async (...args: readonly string[]) => {
      const look = lookAgain();
      const terminal = { out: (line: string) => void said.push(line), err: () => {} };
      const chosen = await chooseLegacy(await stack(look), parseDeployOptions(args), {
        look,
        terminal,
        prompter: typed && prompter,
      });
      return chosen?.things.map(({ part }) => part).toSorted();
    },
  };
}

const EVERYTHING = ['failures', 'ledger', 'link-secret', 'recordings', 'transcripts'];

/** An account in which so many stacks were made and removed. */
async function afterRemovals(t: TestContext, count: number) {
  const { simulator, deploy, uninstall } = await remover(t, { isDeployed: false });
  const buckets: string[] = [];
  for (let index = 0; index < count; index += 1) {
    await deploy();
    buckets.push(simulator.deployed(STACK).outputs['RecordingsBucket'] ?? '');
    await uninstall('--yes', STACK);
  }
  return { simulator, deploy, uninstall, buckets };
}

test('with nothing left behind, a deployment begins with nothing, and --adopt says so', async (t) => {
  const { simulator } = await afterRemovals(t, 0);
  const { decide } = decider(simulator);

  assert.equal(await decide(), undefined);
  await assert.rejects(decide('--adopt'), {
    name: 'RefusedError',
    message: /there is nothing to adopt: no removed stack VoicemailExpress of the instance .* in us-east-1$/,
  });
});

test('what one removed stack left behind is taken or left, as somebody says', async (t) => {
  const { simulator } = await afterRemovals(t, 1);
  const { decide } = decider(simulator);

  await assert.rejects(decide(), /say --adopt\.[^]*say --fresh\./);
  assert.deepEqual(await decide('--adopt'), EVERYTHING);
  assert.equal(await decide('--fresh'), undefined);
  await assert.rejects(decide('--fresh', '--adopt'), /--adopt and --fresh contradict each other/);
});

test('a person is asked, and Enter changes nothing', async (t) => {
  const { simulator } = await afterRemovals(t, 1);

  await assert.rejects(decider(simulator, { typed: [''] }).decide(), /stopped: nothing was changed/);
  assert.deepEqual(await decider(simulator, { typed: ['2'] }).decide(), EVERYTHING);
  const fresh = decider(simulator, { typed: ['3'] });
  assert.equal(await fresh.decide(), undefined);
  assert.match(
    fresh.heard(),
    /1 {2}stop, and change nothing\n {2}2 {2}adopt what \S{36} has left behind\n {2}3 {2}leave it/,
  );
});

test('of several removed stacks none is taken before somebody says which', async (t) => {
  const { simulator, buckets } = await afterRemovals(t, 2);
  const { decide } = decider(simulator);

  await assert.rejects(
    decide('--adopt'),
    /2 removed stacks VoicemailExpress have left something[^]*say --adopt-from ID\.$/,
  );
  assert.deepEqual(await decide('--adopt-from', buckets[1] ?? ''), EVERYTHING);
  await assert.rejects(
    decide('--adopt-from', 'acme'),
    /cannot be adopted: acme is not known: it has no tags/,
  );
});

test('what is of another stack, of another instance, or of a stack that is there, is refused by its name', async (t) => {
  const { simulator, deploy, buckets } = await afterRemovals(t, 1);
  const [bucket = ''] = buckets;
  const other = { instanceArn: sample.instanceArn.replace(/[^/]+$/, '99999999-0000-4000-8000-000000000000') };

  await assert.rejects(
    decider(simulator, { config: { stackName: 'Second' } }).decide('--adopt-from', bucket),
    new RegExp(`cannot be adopted: ${bucket} is of the stack VoicemailExpress`),
  );
  await assert.rejects(
    decider(simulator, { config: other }).decide('--adopt-from', bucket),
    new RegExp(`${bucket} is of the instance `),
  );
  await assert.rejects(
    decider(simulator, { config: other }).decide('--adopt'),
    new RegExp(`not taken: ${bucket} is of the instance `),
  );
  assert.equal(await decider(simulator, { config: other }).decide(), undefined);
  await deploy();
  await assert.rejects(
    decider(simulator).decide('--adopt'),
    /the stack VoicemailExpress is there, so it cannot adopt[^]*npx vmx uninstall/,
  );
});

test('a stack that is there, with nothing left behind, is updated', async (t) => {
  const { simulator } = await remover(t);
  const { decide, heard } = decider(simulator);

  assert.equal(await decide('--adopt'), undefined);
  assert.match(heard(), /The stack VoicemailExpress is there, CREATE_COMPLETE\. Nothing is left to adopt/);
});

test('what may not be looked at stops the first deployment, unless it is to begin with nothing', async (t) => {
  const { simulator } = await afterRemovals(t, 1);
  const credentials = mayAllBut('secretsmanager:ListSecrets')(simulator);
  const { decide } = decider(simulator, { ...(credentials && { credentials }) });

  await assert.rejects(decide('--adopt'), {
    name: 'RefusedError',
    message: /could not be looked at: secretsmanager:ListSecrets is not allowed\. .*say --fresh$/,
  });
  assert.equal(await decide('--fresh'), undefined);
});

test('an adoption without a deployment after it goes on with the next one, and loses nothing if it is removed', async (t) => {
  const { simulator, uninstall } = await afterRemovals(t, 1);
  const { decide, heard, lookAgain } = decider(simulator);
  const [legacy = assert.fail('nothing left')] = await legacies(lookAgain());
  const { assemblyFolder } = await stackForTests();
  const said: string[] = [];
  const terminal = { out: (line: string) => void said.push(line), err: () => {} };
  const limits = { wait: () => pause(10), clock: () => 0 };

  await adoptLegacy(legacy, { ...limits, look: lookAgain(), terminal, prompter: undefined, assemblyFolder });

  assert.equal(said.filter((line) => line.startsWith('  adopted: ')).length, 5);
  assert.equal((await stack(lookAgain()))?.status, 'IMPORT_COMPLETE');
  assert.equal(await decide('--adopt'), undefined);
  assert.match(heard(), /is there, IMPORT_COMPLETE\. Nothing is left to adopt: it is updated\./);
  assert.equal(await uninstall('--yes', STACK), 0);
  assert.deepEqual(await decide('--adopt'), EVERYTHING);
});
