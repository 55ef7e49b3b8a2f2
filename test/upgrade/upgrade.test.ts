import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { upgradeSettings } from '../../cli/upgrade/upgrade.ts';
import { parseUpgradeOptions } from '../../cli/upgrade/upgrade-options.ts';
import { TEST_WORDS } from '../../src/domain/test-voicemail.ts';
import { loadSettings } from '../../infra/settings/settings-file.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { stackForTests } from '../../scripts/synth.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { type SimulatedAccount, startSimulator } from '../../simulator/simulator.ts';
import { inTerminalOf } from '../deploy/in-terminal.ts';
import { toolkitFor } from '../deploy/toolkit.ts';
import { ledgerEntries } from '../faults/ledger-faults.ts';
import { oldAssembly } from './old-stack/old-stack.ts';

const STACK = 'VoicemailExpress';
/** An administrator whose account has the old stack, deployed by CDK’s toolkit, and whose folder has this version. */
async function administrator(t: TestContext) {
  const simulator = await startSimulator({
    world: configuredWorld(),
    state: SAMPLE_STATE,
    recognizer: createStandInRecognizer(TEST_WORDS),
  });
  t.after(simulator.close);
  const old = await toolkitFor(t, simulator, { assemblyFolder: oldAssembly(t) });
  await old.deploy();
  inTerminalOf(t, simulator);
  const settings = await loadSettings({ goesTo: 'laptop' });
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  // Time stands still until a delivery has failed: the command must not give up because the machine is slow.
  const time = { nowMs: 0, hasFailed: false };
  simulator.happenings.listen((one) => {
    if (one.kind === 'api-call' && one.operation === 'StartTaskContact' && one.status >= 500)
      time.hasFailed = true;
  });
  const wait = async (ms: number) => {
    await pause(20);
    if (time.hasFailed) time.nowMs += 30 * ms;
  };
  const upgrade = () =>
    upgradeSettings(
      settings,
      parseUpgradeOptions(['--yes', '--test-queue', 'Billing']),
      { terminal: { out: say, err: say }, prompter: undefined },
      {
        limits: { wait, clock: () => time.nowMs },
        synthesizeIn: async () => (await stackForTests()).assemblyFolder,
      },
    );
  const mend = () => {
    simulator.faults.clear();
    time.hasFailed = false;
  };
  return { simulator, upgrade, mend, heard: () => said.splice(0).join('\n') };
}

/** Throws an AssertionError unless all that a test voicemail was is gone. */
async function assertNothingIsLeft(simulator: SimulatedAccount): Promise<void> {
  const deployment = simulator.deployed(STACK);
  const objects = Object.values(deployment.buckets).flatMap(({ name }) => simulator.s3.list(name));
  const left = objects.filter((key) => /\.(wav|json)$/.test(key));
  const entries = await ledgerEntries({ ...simulator, deployment });
  const { connect } = simulator;
  const open = connect.tasks().filter(({ contactId }) => connect.contact(contactId).endedAtMs === undefined);
  assert.deepEqual({ left, entries: [...entries.keys()], open }, { left: [], entries: [], open: [] });
}

test('vmx upgrade goes back to an old version if the new one does not deliver, and stays if it does', async (t) => {
  const { simulator, upgrade, mend, heard } = await administrator(t);
  const outputs = () => simulator.deployed(STACK).outputs;
  const spoken = () => JSON.stringify(simulator.connect.flows.named('Voicemail module')?.document);
  const caller = simulator.deployed(STACK).idOf('AWS::Lambda::Function', 'deliver-voicemail');
  simulator.faults.set({ rules: [{ caller, operation: 'StartTaskContact', fault: 'fail' }] });
  const before = spoken();
  assert.match(before, /Adiós/);

  await assert.rejects(upgrade(), { name: 'RefusedError', message: /the stack is what it was before/ });

  const failed = heard();
  assert.match(failed, /deployed: a version before 0\.2\.0, .*\n {2}this folder: \d/);
  assert.match(failed, /What you have to do:\n {2}\d+\.\d+\.\d+ {2}Do: /);
  assert.match(failed, /not delivered the test voicemail: after ten minutes it is delivering\.\nGoing back/);
  assert.equal('Version' in outputs(), false);
  assert.equal(spoken(), before);
  await assertNothingIsLeft(simulator);

  mend();
  assert.equal(await upgrade(), 0);
  const upgraded = heard();
  // What is between is seen only if somebody looks at the right time.
  assert.match(upgraded, /s {2}recording put into the bucket\n[^]*s {2}task in the queue Billing\n/);
  assert.match(
    upgraded,
    /The test voicemail was delivered, with its transcript and its link, and removed\. Upgraded to/,
  );
  assert.ok('Version' in outputs());
  assert.match(spoken(), /Adiós/);
  await assertNothingIsLeft(simulator);

  assert.equal(await upgrade(), 0);
  assert.match(heard(), /It is this version already\. Settings are deployed by npx vmx deploy\./);
});
