import { RefusedError } from '../command.ts';
import type { Outcome } from '../doctor/check.ts';
import { examine } from '../doctor/examine.ts';
import { type KnownStack, stack as deployedStack } from '../doctor/facts/stack.ts';
import { unlessAborted } from '../interruption.ts';
import { chooseLegacy } from './adopt/choose-legacy.ts';
import { type Blocker, blockersIn, blockersText } from './blockers.ts';
import { isBusy, watchBusy } from './busy-stack.ts';
import { NOTHING_CHANGED } from './change-stack.ts';
import { deployAssembly } from './deploy-assembly.ts';
import type { DeployOptions } from './deploy-options.ts';
import type { DeployWork } from './deploy-work.ts';

const ADOPTING =
  'stopped: CloudFormation may go on taking in what was adopted. The next deployment goes on from there';

/**
 * Deploys what the settings say: the doctor's blockers first, then the changes in words, as CloudFormation's change set
 * has them, then, if they are agreed to, that change set, resource by resource. Throws RefusedError if anything stands
 * against it, and InterruptedError after Ctrl+C; nothing is changed then, unless the message says so.
 */
export async function runDeploy(options: DeployOptions, work: DeployWork): Promise<number> {
  const { terminal, config, look, settingsFile, interruption } = work;
  const { accountId, region } = look.home;
  terminal.out(`${settingsFile}: stack ${look.stackName}, account ${accountId}, Region ${region}`);
  terminal.out(`  ${config.instanceArn}`);
  if (config.alarmEmails === undefined && !options.isWithoutAlarmMail) {
    throw new RefusedError(
      'nobody would hear of alarms: set alarmEmails in the settings, or say --no-alarm-mail',
    );
  }
  const found = await stackAtRest(options, work);
  const prompter = options.isYes ? undefined : work.prompter;
  const choice = chooseLegacy(found, options, { look, terminal, prompter });
  const legacy = await unlessAborted(interruption.first, NOTHING_CHANGED, choice);
  const assemblyFolder = await unlessAborted(interruption.first, NOTHING_CHANGED, work.synthesize());
  if (legacy) await unlessAborted(interruption.first, ADOPTING, work.adopt(legacy, assemblyFolder));
  const before = legacy ? await deployedStack(work.lookAgain()) : found;
  return await deployAssembly({ assemblyFolder, before }, options, work);
}

/** The stack, when nobody is changing it and nothing stands against a deployment. Undefined: there is none. */
async function stackAtRest(options: DeployOptions, work: DeployWork): Promise<KnownStack | undefined> {
  const { terminal, prompter, look, interruption, wait, clock } = work;
  const unlessStopped = <Result>(step: Promise<Result>) =>
    unlessAborted(interruption.first, NOTHING_CHANGED, step);
  const first = await unlessStopped(deployedStack(look));
  const isChanging = first !== undefined && isBusy(first);
  if (isChanging) {
    const place = { stackName: look.stackName, region: look.home.region };
    const watch = { terminal, interruption, wait, clock };
    const events = work.events(first.arn);
    await watchBusy(first, { ...place, events, isYes: options.isYes, prompter, watch });
  }
  const now = isChanging ? work.lookAgain() : look;
  const outcomes = await unlessStopped(examine(work.checks, now));
  const found = await deployedStack(now);
  refuseBlockers(blockersIn(outcomes, found?.status), options);
  tellUnseen(outcomes, work);
  return found;
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
