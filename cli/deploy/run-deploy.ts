import type { VoicemailConfig } from '../../infra/config.ts';
import { EXIT, RefusedError, type Terminal } from '../command.ts';
import type { Check, Outcome } from '../doctor/check.ts';
import { examine } from '../doctor/examine.ts';
import { stack as deployedStack } from '../doctor/facts/stack.ts';
import type { Look } from '../doctor/look.ts';
import { type Blocker, blockersIn, blockersText } from './blockers.ts';
import { changesText, losses, lossOf, type StackChanges } from './changes.ts';
import { chooseLegacy } from './adopt/choose-legacy.ts';
import { progressLine } from './deployment-progress.ts';
import type { DeployOptions } from './deploy-options.ts';
import type { Legacy } from '../kept/legacies.ts';
import type { DeploymentEvent, StackToolkit } from './stack-toolkit.ts';
import { agrees, type Prompter } from '../prompter.ts';

/** What `vmx deploy` works with. */
export interface DeployWork {
  readonly terminal: Terminal;
  /** Undefined: nobody is asked. */
  readonly prompter: Prompter | undefined;
  readonly settingsFile: string;
  readonly config: VoicemailConfig;
  readonly look: Look;
  /** A look that has seen nothing yet: what it sees is as it is now. */
  readonly lookAgain: () => Look;
  readonly checks: readonly Check[];
  /** Builds and synthesizes what the settings say. Returns the folder of the assembly. */
  readonly synthesize: () => Promise<string>;
  readonly toolkit: (options: {
    readonly assemblyFolder: string;
    readonly isThere: boolean;
    /** What the stack takes in before. Undefined: nothing. */
    readonly legacy: Legacy | undefined;
    readonly onEvent: (event: DeploymentEvent) => void;
  }) => Promise<StackToolkit>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
}

/**
 * Deploys what the settings say: the doctor's blockers first, then the changes in words, then, if they are agreed
 * to, the deployment, resource by resource. Throws RefusedError if anything stands against it; nothing is changed
 * then.
 */
export async function runDeploy(options: DeployOptions, work: DeployWork): Promise<number> {
  const { terminal, config, look, settingsFile } = work;
  const { accountId, region } = look.home;
  terminal.out(`${settingsFile}: stack ${look.stackName}, account ${accountId}, Region ${region}`);
  terminal.out(`  ${config.instanceArn}`);
  if (config.alarmEmails === undefined && !options.isWithoutAlarmMail) {
    throw new RefusedError(
      'nobody would hear of alarms: set alarmEmails in the settings, or say --no-alarm-mail',
    );
  }
  const outcomes = await examine(work.checks, look);
  const before = await deployedStack(look);
  refuseBlockers(blockersIn(outcomes, before?.status), options);
  tellUnseen(outcomes, work);

  const prompter = options.isYes ? undefined : work.prompter;
  const legacy = await chooseLegacy(before, options, { look, terminal, prompter });

  const assemblyFolder = await work.synthesize();
  const startedAtMs = work.clock();
  const isThere = before !== undefined && before.status !== 'REVIEW_IN_PROGRESS';
  const toolkit = await work.toolkit({
    assemblyFolder,
    isThere,
    legacy,
    onEvent: (event) => {
      const line = progressLine(event, work.clock() - startedAtMs);
      if (line !== undefined) terminal.out(line);
    },
  });
  const changes = await toolkit.changes();
  terminal.out(`\n${changesText(changes, look.stackName)}`);
  if (!changes.isFirst && changes.resources.length === 0) return EXIT.ok;
  await askFor(changes, options, work);
  await refuseIfChanged(before?.lastChangedAtMs, work);
  return await deploy(toolkit, work);
}

function refuseBlockers(all: readonly Blocker[], { despite }: DeployOptions): void {
  const standing = all.filter(({ check }) => !despite.includes(check));
  if (standing.length === 0) return;
  const names = [...new Set(standing.map(({ check }) => `--despite ${check}`))].join(' ');
  throw new RefusedError(
    `the doctor found what stands against it:\n${blockersText(standing)}\nTo deploy anyway, say ${names}`,
  );
}

function tellUnseen(outcomes: readonly Outcome[], { terminal }: DeployWork): void {
  for (const one of outcomes) {
    if (one.kind === 'cannot tell') terminal.err(`Not looked at: ${one.check.id}: ${one.why}.`);
  }
}

/** Throws RefusedError if the person does not agree, or nobody is there who could. */
async function askFor(
  changes: StackChanges,
  options: DeployOptions,
  { prompter, look }: DeployWork,
): Promise<void> {
  const lost = losses(changes).filter(({ logicalId }) => !options.mayLose.includes(logicalId));
  if (!prompter || options.isYes) {
    if (lost.length > 0) {
      const flags = lost.map(({ logicalId }) => `--yes-replace ${logicalId}`).join(' ');
      throw new RefusedError(`the deployment would lose something. To agree to it, say ${flags}`);
    }
    if (!options.isYes) throw new RefusedError('nobody can be asked here: say --yes');
    return;
  }
  for (const change of lost) {
    const typed = await prompter.read(
      `To lose ${lossOf(change)}, type ${change.logicalId}, or nothing to stop: `,
    );
    if (typed !== change.logicalId) throw new RefusedError('stopped: nothing was changed');
  }
  if (!(await agrees(prompter, `Deploy it to ${look.home.accountId} in ${look.home.region}?`))) {
    throw new RefusedError('stopped: nothing was changed');
  }
}

/** What was agreed to is what is deployed: somebody else may have deployed meanwhile. */
async function refuseIfChanged(
  lastChangedAtMs: number | undefined,
  { lookAgain }: DeployWork,
): Promise<void> {
  const now = await deployedStack(lookAgain());
  if (now?.lastChangedAtMs === lastChangedAtMs) return;
  throw new RefusedError('somebody else has changed the stack meanwhile: nothing was deployed. Run it again');
}

async function deploy(toolkit: StackToolkit, { terminal, look, settingsFile }: DeployWork): Promise<number> {
  const outputs = await toolkit.deploy().catch((error: unknown) => {
    if (!(error instanceof Error)) throw error;
    throw new RefusedError(
      `the deployment failed, and CloudFormation has undone it: ${error.message}\nThe next deployment can begin from there.`,
      { cause: error },
    );
  });
  terminal.out(
    [
      '',
      `Deployed: version ${outputs['Version'] ?? 'unknown'} of stack ${look.stackName}, by ${settingsFile}.`,
      'Next: confirm the mails of AWS for alarms, have a number lead to a flow, and run npx vmx doctor.',
    ].join('\n'),
  );
  return EXIT.ok;
}
