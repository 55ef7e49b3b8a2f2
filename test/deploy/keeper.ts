import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { deploySettings } from '../../cli/deploy/deploy.ts';
import { parseDeployOptions } from '../../cli/deploy/deploy-options.ts';
import { createLook } from '../../cli/doctor/look.ts';
import { runUninstall } from '../../cli/uninstall/run-uninstall.ts';
import { parseUninstallOptions } from '../../cli/uninstall/uninstall-options.ts';
import type { VoicemailConfig } from '../../infra/config.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { watchProgress } from '../../laptop/watch-progress.ts';
import type { AccountOptions } from '../../simulator/options.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { type SimulatedAccount, startSimulator } from '../../simulator/simulator.ts';
import sample from '../../voicemail.config.ts';
import { spokenNoise } from '../e2e/spoken-noise.ts';
import { inTerminalOf } from './in-terminal.ts';

export const STACK = 'VoicemailExpress';
const LONGEST_WAIT_MS = 600_000;

/** Somebody who deploys the stack to a simulated account, takes it out, and takes up again what it left behind. */
export async function keeper(
  t: TestContext,
  first: VoicemailConfig = sample,
  { state = SAMPLE_STATE }: Pick<AccountOptions, 'state'> = {},
) {
  let config = first;
  const simulator = await startSimulator({
    world: { ...configuredWorld(first), claimedNumbers: [] },
    state,
    time: 'fast',
    recognizer: createStandInRecognizer('please call me back'),
  });
  t.after(simulator.close);
  inTerminalOf(t, simulator);
  const { endpoint, credentials, connect } = simulator;
  const said: string[] = [];
  const terminal = {
    out: (line: string) => void said.push(line),
    err: (line: string) => void said.push(line),
  };
  const limits = { wait: () => pause(10), clock: () => performance.now() };

  const lookAgain = () =>
    createLook({ config, place: { endpoint, credentials }, limits, now: simulator.clock.now });
  const until = (isSo: () => Promise<boolean>) => happening(simulator, isSo);
  const taskOf = (callId: string) => connect.tasks().find((task) => task.relatedContactId === callId);
  return {
    simulator,
    place: { endpoint, credentials, region: 'us-east-1' },
    lookAgain,
    /** From now on it is deployed with these. */
    settings: (next: VoicemailConfig) => void (config = next),
    /** What was said since this was asked the last time. */
    heard: () => said.splice(0).join('\n'),
    deploy: (...args: readonly string[]) =>
      deploySettings(
        { config, file: 'voicemail.config.ts' },
        parseDeployOptions(['--yes', ...args]),
        { terminal, prompter: undefined },
        limits,
      ),
    uninstall: (...args: readonly string[]) =>
      runUninstall(parseUninstallOptions(['--yes', STACK, ...args]), {
        terminal,
        prompter: undefined,
        settingsFile: 'voicemail.config.ts',
        look: lookAgain(),
        lookAgain,
        progress: { stop: () => {} },
        ...limits,
      }),
    leaveMessage: (more: { recordedBy?: 'ivr' } = {}) => {
      const queueArn = `${connect.world.instanceArn}/queue/${connect.world.queues[0]?.id}`;
      return connect.placeCall({ from: '+15555550142', queueArn, audio: spokenNoise(1), ...more }).contactId;
    },
    /** The task of a call, as soon as it is there. */
    delivered: async (callId: string) => {
      await until(() => Promise.resolve(taskOf(callId) !== undefined));
      return taskOf(callId) ?? assert.fail('no task');
    },
    until,
  };
}

/** Waits for something that happens in the simulator. */
function happening(simulator: SimulatedAccount, isSo: () => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    let isAsking = false;
    const end = { longestMs: LONGEST_WAIT_MS, onEnd: (why: string) => reject(new Error(why)) };
    const stop = watchProgress(simulator, end);
    const look = async () => {
      if (isAsking) return;
      isAsking = true;
      const isDone = await isSo();
      isAsking = false;
      if (!isDone) return;
      stop();
      resolve();
    };
    simulator.happenings.listen(() => void look().catch(reject));
    void look().catch(reject);
  });
}
