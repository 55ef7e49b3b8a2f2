import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { deployCommand } from '../../cli/deploy/deploy.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { type SimulatedAccount, startSimulator } from '../../simulator/simulator.ts';

/** The environment of somebody at a terminal, who has typed what the simulator prints. */
function inTerminalOf(t: TestContext, { endpoint, credentials, account }: SimulatedAccount): void {
  const home = mkdtempSync(join(tmpdir(), 'deploy-'));
  const typed: Readonly<Record<string, string>> = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    CDK_HOME: home,
  };
  const before = { ...process.env };
  Object.assign(process.env, typed);
  t.after(() => {
    for (const name of Object.keys(typed)) delete process.env[name];
    Object.assign(process.env, before);
    rmSync(home, { recursive: true, force: true });
  });
}

test('vmx deploy makes the stack, and finds nothing to change when it runs again', async (t) => {
  const simulator = await startSimulator({
    world: configuredWorld(),
    state: SAMPLE_STATE,
    recognizer: createStandInRecognizer('please call me back'),
  });
  t.after(simulator.close);
  inTerminalOf(t, simulator);
  const said: string[] = [];
  const terminal = {
    out: (line: string) => void said.push(line),
    err: (line: string) => void said.push(line),
  };

  assert.equal(await deployCommand.run(['--yes'], terminal), 0);

  const first = said.splice(0).join('\n');
  assert.match(first, /The stack VoicemailExpress would be made:\n {2}created: \d+ resources/);
  assert.match(first, / CREATE_COMPLETE +AWS::CloudFormation::Stack {2}VoicemailExpress\n/);
  assert.match(first, /Deployed: version \d+\.\d+\.\d+ of stack VoicemailExpress/);

  assert.equal(await deployCommand.run(['--yes'], terminal), 0);
  assert.match(said.join('\n'), /Nothing in the stack VoicemailExpress would change\./);
});
