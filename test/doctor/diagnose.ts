import type { TestContext } from 'node:test';
import { CHECKS } from '../../cli/doctor/checks.ts';
import type { Finding, Outcome } from '../../cli/doctor/check.ts';
import { examine } from '../../cli/doctor/examine.ts';
import type { ClientPlace } from '../../cli/aws/asker.ts';
import { createLook } from '../../cli/doctor/look.ts';
import { exitCodeOf, reportText } from '../../cli/doctor/report.ts';
import { stackNameOf, type VoicemailConfig } from '../../infra/config.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { stackForTests } from '../../scripts/synth.ts';
import { createModelCheck } from '../../simulator/models/model-check.ts';
import type { AccountOptions } from '../../simulator/options.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { SAMPLE_STATE } from '../../simulator/sample-account.ts';
import { type SimulatedAccount, startSimulator } from '../../simulator/simulator.ts';
import sample from '../../voicemail.config.ts';

/** What is wrong in a world, over what is right in the healthy one. */
export interface Illness {
  readonly world?: Partial<AccountOptions['world']>;
  readonly state?: AccountOptions['state'];
  readonly email?: AccountOptions['email'];
  /** The settings that the doctor is given; the stack is always that of the sample. */
  readonly config?: Partial<VoicemailConfig>;
  /** Changes the template before it is deployed. */
  readonly templatePatch?: (template: unknown) => unknown;
  /** False: no stack is deployed. */
  readonly isDeployed?: boolean;
  /** What goes wrong with calls, those of the doctor among them. */
  readonly interfere?: AccountOptions['interfere'];
  /** Done after the deployment, before the doctor looks. */
  readonly prepare?: (simulator: SimulatedAccount) => unknown;
  /** Whose eyes the doctor has. Absent: the administrator's. */
  readonly credentials?: (simulator: SimulatedAccount) => ClientPlace['credentials'];
}

export interface Diagnosis {
  readonly outcomes: readonly Outcome[];
  /** Of one check. Empty if it found nothing; a test that expects that asks \`cannotTell\` too. */
  readonly findingsOf: (check: string) => readonly Finding[];
  /** Ids of the checks that could not look, and why. */
  readonly cannotTell: Readonly<Record<string, string>>;
  /** Ids of the checks that found something, each once. */
  readonly found: readonly string[];
  readonly text: string;
  readonly exitCode: number;
}

/** The eyes of somebody who may do everything but these actions: `ses:Get*`. */
export function mayAllBut(...actions: readonly string[]): NonNullable<Illness['credentials']> {
  return ({ account, addRole }) =>
    addRole({
      arn: `arn:${account.partition}:iam::${account.id}:role/LookedAway`,
      statements: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: [...actions], Resource: '*' },
      ],
    });
}

/** Has the doctor look at a simulated account that is healthy but for the illness. */
export async function diagnose(t: TestContext, illness: Illness = {}): Promise<Diagnosis> {
  const { isDeployed = true, prepare, templatePatch } = illness;
  const check = createModelCheck();
  const account: AccountOptions = {
    onAnswer: check.see,
    world: { ...configuredWorld(), ...illness.world },
    state: { ...SAMPLE_STATE, ...illness.state },
    ...(illness.email && { email: illness.email }),
    ...(illness.interfere && { interfere: illness.interfere }),
    recognizer: createStandInRecognizer('please call me back'),
  };
  const simulator: SimulatedAccount = isDeployed
    ? await startSimulator({
        ...account,
        ...(templatePatch && { templatePatch }),
        assemblyFolder: (await stackForTests()).assemblyFolder,
      })
    : await startSimulator(account);
  t.after(async () => {
    await simulator.close();
    check.end();
  });
  await prepare?.(simulator);
  return await diagnosisOf(simulator, illness);
}

async function diagnosisOf(
  simulator: SimulatedAccount,
  { config: changes, credentials = (one) => one.credentials }: Illness,
): Promise<Diagnosis> {
  const config = { ...sample, ...changes };
  const chosen = credentials(simulator);
  const look = createLook({
    config,
    place: { endpoint: simulator.endpoint, ...(chosen && { credentials: chosen }) },
    // The simulator refuses no call for its rate unless told to, so that nothing need wait.
    limits: { wait: () => Promise.resolve(), clock: () => performance.now() },
    now: simulator.clock.now,
    // A machine that is busy with other tests is no network that is down.
    pagePatienceMs: 120_000,
  });
  const outcomes = await examine(CHECKS, look);
  const looked = outcomes.filter((one) => one.kind === 'looked');
  const unseen = outcomes.filter((one) => one.kind === 'cannot tell');
  const examined = {
    settingsFile: 'voicemail.config.ts',
    instanceArn: config.instanceArn,
    stackName: stackNameOf(config),
  };
  return {
    outcomes,
    findingsOf: (check) => looked.find((one) => one.check.id === check)?.findings ?? [],
    cannotTell: Object.fromEntries(unseen.map(({ check, why }) => [check.id, why])),
    found: looked.filter(({ findings }) => findings.length > 0).map(({ check }) => check.id),
    text: reportText(outcomes, examined),
    exitCode: exitCodeOf(outcomes),
  };
}
