import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createLook } from '../../cli/doctor/look.ts';
import { runUninstall } from '../../cli/uninstall/run-uninstall.ts';
import { parseUninstallOptions } from '../../cli/uninstall/uninstall-options.ts';
import type { ClientPlace } from '../../cli/aws/asker.ts';
import type { VoicemailConfig } from '../../infra/config.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { stackForTests } from '../../scripts/synth.ts';
import type { AccountOptions } from '../../simulator/options.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { type SimulatedAccount, startSimulator } from '../../simulator/simulator.ts';
import sample from '../../voicemail.config.ts';

export const STACK = 'VoicemailExpress';
/** How long the command waits between two counts of what waits. */
const COUNTS_MS = 5_000;

interface Situation {
  /** Absent: no number leads to the stack. */
  readonly world?: Partial<AccountOptions['world']>;
  readonly state?: AccountOptions['state'];
  readonly config?: Partial<VoicemailConfig>;
  readonly templatePatch?: (template: unknown) => unknown;
  /** False: nothing is deployed but what the state has. */
  readonly isDeployed?: boolean;
  /** What is typed at the questions, and what happens before. Absent: nobody is there. */
  readonly typed?: (question: string, simulator: SimulatedAccount) => string | Promise<string>;
  /** Happens while the command waits for queues to run empty. */
  readonly whileWaiting?: () => unknown;
  readonly credentials?: (simulator: SimulatedAccount) => ClientPlace['credentials'];
}

let assembly: ReturnType<typeof stackForTests> | undefined;

/** An administrator who removes the stack from a simulated account. */
export async function remover(t: TestContext, situation: Situation = {}) {
  const { typed, isDeployed = true, templatePatch, credentials = (one) => one.credentials } = situation;
  const simulator = await startSimulator({
    world: { ...configuredWorld(), claimedNumbers: [], ...situation.world },
    state: { ...SAMPLE_STATE, ...situation.state },
    recognizer: createStandInRecognizer(''),
  });
  t.after(simulator.close);
  const deploy = async () => {
    const { assemblyFolder } = await (assembly ??= stackForTests());
    await simulator.deploy({ assemblyFolder, ...(templatePatch && { templatePatch }) });
  };
  if (isDeployed) await deploy();
  const said: string[] = [];
  const deletions: string[] = [];
  simulator.happenings.listen((one) => {
    if (one.kind === 'api-call' && one.operation === 'DeleteStack') deletions.push(one.operation);
  });
  const lookAgain = () => {
    const chosen = credentials(simulator);
    return createLook({
      config: { ...sample, ...situation.config },
      place: { endpoint: simulator.endpoint, ...(chosen && { credentials: chosen }) },
      limits: { wait: () => Promise.resolve(), clock: () => 0 },
      now: simulator.clock.now,
    });
  };
  const read = async (question: string) => {
    said.push(question);
    return (await typed?.(question, simulator)) ?? '';
  };
  const uninstall = (...args: readonly string[]) =>
    runUninstall(parseUninstallOptions(args), {
      terminal: { out: (line) => void said.push(line), err: (line) => void said.push(line) },
      prompter: typed && { say: (text) => void said.push(text), read },
      settingsFile: 'deployments/acme.config.ts',
      look: lookAgain(),
      lookAgain,
      progress: { stop: () => {} },
      wait: async (ms) => void (ms === COUNTS_MS ? await situation.whileWaiting?.() : await pause(10)),
      clock: () => 0,
    });
  return {
    deploy,
    simulator,
    uninstall,
    heard: () => said.join('\n'),
    isLeftAlone: () => deletions.length === 0,
  };
}
