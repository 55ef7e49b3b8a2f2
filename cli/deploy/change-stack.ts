import { randomUUID } from 'node:crypto';
import type { StackEvents } from '../aws/stack-events.ts';
import { RefusedError } from '../command.ts';
import type { KnownStack } from '../doctor/facts/stack.ts';
import { refuseAborted, sayingAtFirst, unlessAborted } from '../interruption.ts';
import { isMadeAgain } from './blockers.ts';
import type { StackChanges } from './changes.ts';
import { proposalRefused } from './proposal-refused.ts';
import type { DeployWork } from './deploy-work.ts';

/** A stack, and what it is to become. */
export interface Target {
  readonly assemblyFolder: string;
  /** As it is. Undefined: it is not there. */
  readonly before: KnownStack | undefined;
  /** What is said after Ctrl+C that comes before it begins. Absent: nothing was changed. */
  readonly stopped?: string;
}

/** What is being deployed. `events` is undefined if nothing is. */
export interface Begun {
  readonly events?: Pick<StackEvents, 'news'>;
  /** How many resources change. */
  readonly total: number;
}

const LEFT = 'left at once: a change set may be left, which changes nothing; the next deployment removes it';
export const NOTHING_CHANGED = 'stopped: nothing was changed';

/** Whether a stack has something that can be updated. */
export function isThere(before: KnownStack | undefined): before is KnownStack {
  return before !== undefined && before.status !== 'REVIEW_IN_PROGRESS' && !isMadeAgain(before.status);
}

/**
 * Has CloudFormation make a change set, and carry it out if `decide` says so, which hears what would change; undefined:
 * nothing would. Whatever stops it removes the change set.
 */
export async function changeStack(
  { assemblyFolder, before, stopped = NOTHING_CHANGED }: Target,
  work: DeployWork,
  decide: (changes: StackChanges | undefined) => Promise<'execute' | 'discard'>,
): Promise<Begun> {
  const { terminal, look, interruption } = work;
  const toolkit = await work.toolkit({ assemblyFolder, isThere: isThere(before) });
  const name = `vmx-${randomUUID()}`;
  const changeSet = await work.changeSet(name, {
    deployRoleArn: toolkit.deployRoleArn,
    wasProtected: before?.isProtected ?? false,
  });
  if (isMadeAgain(before?.status)) await changeSet.release();
  const say = () => terminal.err('\nStopping: what was prepared is removed. Ctrl+C again leaves at once.');
  try {
    // A change set that is being made cannot be stopped: it is waited for, and removed.
    const making = sayingAtFirst(interruption, say, () => toolkit.propose(name));
    const changes = await unlessAborted(interruption.second, LEFT, making).catch((error: unknown) => {
      throw proposalRefused(error, look);
    });
    refuseAborted(interruption.first, stopped);
    const decision = await unlessAborted(interruption.first, stopped, decide(changes));
    if (!changes || decision === 'discard') {
      await changeSet.discard();
      return { total: 0 };
    }
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
