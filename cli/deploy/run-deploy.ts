import { randomUUID } from 'node:crypto';
import type { VoicemailConfig } from '../../infra/config.ts';
import type { ChangeSet } from '../aws/change-set.ts';
import type { StackEvents } from '../aws/stack-events.ts';
import { EXIT, RefusedError, type Terminal } from '../command.ts';
import type { Check, Outcome } from '../doctor/check.ts';
import { examine } from '../doctor/examine.ts';
import { type KnownStack, stack as deployedStack } from '../doctor/facts/stack.ts';
import type { Look } from '../doctor/look.ts';
import type { Legacy } from '../kept/legacies.ts';
import { type Interruption, refuseAborted, sayingAtFirst, unlessAborted } from '../interruption.ts';
import type { Prompter } from '../prompter.ts';
import { chooseLegacy } from './adopt/choose-legacy.ts';
import { askFor } from './agreement.ts';
import { type Blocker, blockersIn, blockersText, isMadeAgain } from './blockers.ts';
import { isBusy, watchBusy } from './busy-stack.ts';
import { changesText, type StackChanges } from './changes.ts';
import type { DeployOptions } from './deploy-options.ts';
import { refuseFailed } from './ended.ts';
import { proposalRefused } from './proposal-refused.ts';
import type { StackToolkit } from './stack-toolkit.ts';
import { watchDeployment } from './watch-deployment.ts';

/** What `vmx deploy` works with. */
export interface DeployWork {
  readonly terminal: Terminal;
  /** Undefined: nobody is asked. */
  readonly prompter: Prompter | undefined;
  readonly interruption: Interruption;
  readonly settingsFile: string;
  readonly config: VoicemailConfig;
  /** Whether the file of the settings is another one than when it was read. */
  readonly hasSettingsChanged: () => boolean;
  readonly look: Look;
  /** A look that has seen nothing yet: what it sees is as it is now. */
  readonly lookAgain: () => Look;
  readonly checks: readonly Check[];
  /** Builds and synthesizes what the settings say. Returns the folder of the assembly. */
  readonly synthesize: () => Promise<string>;
  readonly toolkit: (options: {
    readonly assemblyFolder: string;
    readonly isThere: boolean;
  }) => Promise<StackToolkit>;
  /** Makes the stack of what an earlier one left behind. */
  readonly adopt: (legacy: Legacy, assemblyFolder: string) => Promise<void>;
  /** A change set of that name, which the toolkit makes. `wasProtected`: the stack, before. */
  readonly changeSet: (
    name: string,
    options: { readonly deployRoleArn: string | undefined; readonly wasProtected: boolean },
  ) => Promise<ChangeSet>;
  /** What happens to a stack that is there. */
  readonly events: (stackArn: string) => StackEvents;
  readonly wait: (ms: number) => Promise<void>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
}

const LEFT = 'left at once: a change set may be left, which changes nothing; the next deployment removes it';
const NOTHING_CHANGED = 'stopped: nothing was changed';
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
  const isThere =
    before !== undefined && before.status !== 'REVIEW_IN_PROGRESS' && !isMadeAgain(before.status);
  const toolkit = await work.toolkit({ assemblyFolder, isThere });
  const name = `vmx-${randomUUID()}`;
  const changeSet = await work.changeSet(name, {
    deployRoleArn: toolkit.deployRoleArn,
    wasProtected: before?.isProtected ?? false,
  });
  if (isMadeAgain(before?.status)) await changeSet.release();
  const { total, events } = await agreedAndBegun(options, work, {
    changeSet,
    propose: () => toolkit.propose(name),
  });
  if (!events) return EXIT.ok;
  return await watchToTheEnd(events, total, work);
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

/** What is deployed. `events` is undefined if nothing would change. */
interface Begun {
  readonly events?: Pick<StackEvents, 'news'>;
  readonly total: number;
}

/** Has the change set made, asks, and has it carried out. Whatever stops it removes the change set. */
async function agreedAndBegun(
  options: DeployOptions,
  work: DeployWork,
  { changeSet, propose }: { changeSet: ChangeSet; propose: () => Promise<StackChanges | undefined> },
): Promise<Begun> {
  const { terminal, look, interruption } = work;
  terminal.out('\nPublishing the code, and asking CloudFormation what would change …');
  const say = () => terminal.err('\nStopping: what was prepared is removed. Ctrl+C again leaves at once.');
  try {
    // A change set that is being made cannot be stopped: it is waited for, and removed.
    const making = sayingAtFirst(interruption, say, () => propose());
    const changes = await unlessAborted(interruption.second, LEFT, making).catch((error: unknown) => {
      throw proposalRefused(error, look);
    });
    refuseAborted(interruption.first, NOTHING_CHANGED);
    if (!changes) {
      terminal.out(`Nothing in the stack ${look.stackName} would change.`);
      await changeSet.discard();
      return { total: 0 };
    }
    terminal.out(`\n${changesText(changes, look.stackName)}`);
    await unlessAborted(interruption.first, NOTHING_CHANGED, askFor(changes, options, work));
    if (work.hasSettingsChanged()) {
      throw new RefusedError(
        `${work.settingsFile} was changed meanwhile: nothing was deployed. Run it again`,
      );
    }
    return { total: changes.resources.length, events: await changeSet.execute() };
  } catch (error) {
    if (interruption.second.aborted) throw error;
    await changeSet.discard().catch((left: unknown) => {
      terminal.err(`What was prepared could not be removed: ${left instanceof Error ? left.message : ''}`);
      terminal.err('It changes nothing. The next deployment removes it.');
    });
    throw error;
  }
}

async function watchToTheEnd(
  events: Pick<StackEvents, 'news'>,
  total: number,
  { terminal, interruption, look, lookAgain, settingsFile, wait, clock }: DeployWork,
): Promise<number> {
  const { stackName, home } = look;
  const ending = await watchDeployment(events, { terminal, interruption, total, wait, clock });
  refuseFailed(ending, { stackName, region: home.region });
  const deployed = await deployedStack(lookAgain());
  terminal.out(
    [
      '',
      `Deployed: version ${deployed?.outputs['Version'] ?? 'unknown'} of stack ${stackName}, by ${settingsFile}.`,
      'Next: confirm the mails of AWS for alarms, have a number lead to a flow, and run npx vmx doctor.',
    ].join('\n'),
  );
  return EXIT.ok;
}
