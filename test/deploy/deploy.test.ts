import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployCommand, deploySettings } from '../../cli/deploy/deploy.ts';
import { parseDeployOptions } from '../../cli/deploy/deploy-options.ts';
import type { VoicemailConfig } from '../../infra/config.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import sample from '../../voicemail.config.ts';
import { inTerminalOf } from './in-terminal.ts';

test('vmx deploy makes the stack, finds nothing to change when it runs again, and says what an update loses', async (t) => {
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

  const update = (config: VoicemailConfig, ...args: readonly string[]) =>
    deploySettings(
      { config, file: 'voicemail.config.ts', path: 'voicemail.config.ts' },
      parseDeployOptions(['--yes', ...args]),
      { terminal, prompter: undefined },
      { wait: () => Promise.resolve(), clock: () => performance.now() },
    );

  assert.equal(await deployCommand.run(['--yes'], terminal), 0);

  const first = said.splice(0).join('\n');
  assert.match(first, /The stack VoicemailExpress would be made:\n {2}created: \d+ resources/);
  assert.match(first, / CREATE_COMPLETE +AWS::CloudFormation::Stack {2}VoicemailExpress\n/);
  assert.match(first, /Deployed: version \d+\.\d+\.\d+ of stack VoicemailExpress/);

  assert.equal(await update(sample), 0);
  assert.match(said.splice(0).join('\n'), /Nothing in the stack VoicemailExpress would change\./);

  const { alarmEmails: _, ...silent } = sample;
  await assert.rejects(update({ ...silent, minimumSeconds: 2 }, '--no-alarm-mail'), {
    name: 'RefusedError',
    message: /would lose something\. .*--yes-replace alarms\w+/,
  });
  assert.match(said.splice(0).join('\n'), /DELETED: alarms \(AWS::SNS::Topic, .*Lost: the subscriptions/);

  assert.equal(await update({ ...sample, minimumSeconds: 2 }), 0);
  const updated = said.join('\n');
  assert.match(updated, /would be changed:\n {2}changed: save-recording\/Function \(AWS::Lambda::Function/);
  assert.match(updated, / UPDATE_COMPLETE +AWS::Lambda::Function {2}saverecordingFunction/);
});
