import { Unseen } from '../aws/asker.ts';
import { stackDeletion } from '../aws/stack-deletion.ts';
import { EXIT, RefusedError } from '../command.ts';
import { counted } from '../doctor/counted.ts';
import { isDeployed, type KnownStack, stack } from '../doctor/facts/stack.ts';
import type { Look } from '../doctor/look.ts';
import { dataOfResources, dataText, refuseHeld } from './delete-data.ts';
import { afterDeletion, deleteLegacy } from './delete-legacy.ts';
import { refuseOtherAccount, removableStack } from './removable-stack.ts';
import { type Removal, removalOf, removalText } from './removal.ts';
import type { UninstallOptions } from './uninstall-options.ts';
import type { UninstallWork } from './uninstall-work.ts';
import { refuseUnreadRecords } from './unread-records.ts';
import { usesOfFlows } from './uses-of-flows.ts';
import {
  isNothing,
  isStuck,
  redriveInWords,
  type Waiting,
  waitingCounter,
  waitingInWords,
} from './waiting.ts';
import { watchDeletion } from './watch-deletion.ts';

const BETWEEN_COUNTS_MS = 5_000;

/**
 * Deletes the stack of the settings: first whether anything stands against it, then it waits for voicemails that are
 * on their way, says what goes and what stays, and has CloudFormation delete it once somebody agrees. Throws
 * RefusedError, in words; nothing is changed then, unless it says that the deletion has begun.
 */
export async function runUninstall(options: UninstallOptions, work: UninstallWork): Promise<number> {
  try {
    return await uninstall(options, work);
  } catch (error) {
    if (!(error instanceof Unseen)) throw error;
    throw new RefusedError(
      `nothing was changed, because not everything could be looked at: ${error.message}`,
      {
        cause: error,
      },
    );
  } finally {
    work.progress.stop();
  }
}

async function uninstall(options: UninstallOptions, work: UninstallWork): Promise<number> {
  const { terminal, look, settingsFile, progress } = work;
  const { accountId, region } = look.home;
  terminal.out(`${settingsFile}: stack ${look.stackName}, account ${accountId}, Region ${region}`);
  terminal.out(`  ${look.config.instanceArn}`);
  refuseOtherName(options, look);
  if (options.deleteDataOf !== undefined) {
    await refuseOtherAccount(look);
    if (!(await stack(look))) return await deleteLegacy(options, work);
  }
  const found = await removableStack(look);
  if (found.status === 'DELETE_IN_PROGRESS') {
    terminal.out('CloudFormation is deleting it already.');
    await deleteStack(found, undefined, work);
    return options.deleteDataOf === undefined
      ? EXIT.ok
      : await deleteLegacy(options, { ...work, look: work.lookAgain() });
  }
  if (options.agreedName === undefined && !work.prompter) {
    throw new RefusedError(`nobody can be asked here: say --yes ${look.stackName}`);
  }
  await refuseUses(work);
  const removal = await removalOf(look);
  const data = dataOfResources(removal.kept);
  // Before the stack goes: without it nothing can be released.
  if (options.deleteDataOf !== undefined) await refuseHeld(data, look);
  progress.stop();

  const count = await passWaiting(found, options, work);
  terminal.out(`\n${removalText(removal, look)}`);
  if (options.deleteDataOf !== undefined) terminal.out(await dataText(data, look));
  await askFor(options, work);
  await refuseIfChanged(found, count, work);
  await deleteStack(found, removal, work);
  return removal.kept.length === 0 ? EXIT.ok : await afterDeletion(data, options, work);
}

function refuseOtherName({ agreedName, deleteDataOf }: UninstallOptions, { stackName }: Look): void {
  const given = { '--yes': agreedName, '--delete-data': deleteDataOf };
  for (const [option, name] of Object.entries(given)) {
    if (name === undefined || name === stackName) continue;
    throw new RefusedError(
      `${option} ${name} is another name: the settings are those of the stack ${stackName}`,
    );
  }
}

async function refuseUses({ look, terminal }: UninstallWork): Promise<void> {
  const { uses, leftOut } = await usesOfFlows(look);
  if (leftOut > 0) {
    terminal.err(
      `Not looked at: ${counted(leftOut, 'flow')} of the instance, because reading all would take too long. If one leads to a flow or module of the stack, it leads nowhere afterwards.`,
    );
  }
  if (uses.length === 0) return;
  const lines = uses.map(({ what, remedy }) => `  ✖ ${what}\n    Do: ${remedy}`);
  throw new RefusedError(
    `numbers or flows of yours lead to the stack, and their callers would not be answered:\n${lines.join('\n')}\nThen wait until the calls that go on have ended, and run it again.`,
  );
}

/** Counts what waits, as it is now. */
type Count = () => Promise<Waiting>;

/**
 * Returns when nothing waits, or when that may be lost. Returns the counter too, unless nobody need count again.
 * Throws RefusedError if contact records are not read, and if dead letters are all that waits and nobody is there
 * who could put them back.
 */
async function passWaiting(
  found: KnownStack,
  options: UninstallOptions,
  work: UninstallWork,
): Promise<Count | undefined> {
  if (!isDeployed(found)) {
    work.terminal.out(`It is ${found.status}: whether voicemails wait was not looked at.`);
    return undefined;
  }
  if (options.mayLoseWaiting) {
    await sayWhatIsLost(work);
    return undefined;
  }
  await refuseUnreadRecords(work.look);
  const count = await waitingCounter(work.look, work.wait);
  await waitUntilEmpty(count, options, work);
  return count;
}

async function sayWhatIsLost({ look, wait, terminal }: UninstallWork): Promise<void> {
  try {
    const count = await waitingCounter(look, wait);
    terminal.out(`Lost, because of --lose-waiting: ${waitingInWords(await count())}.`);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    terminal.err(`What waits, and is lost because of --lose-waiting, could not be counted: ${error.message}`);
  }
}

async function waitUntilEmpty(
  count: Count,
  { deployment }: UninstallOptions,
  { terminal, prompter, wait }: UninstallWork,
): Promise<void> {
  const redriveOptions = deployment === undefined ? '' : ` --deployment ${deployment}`;
  let said = '';
  for (;;) {
    const waiting = await count();
    if (isNothing(waiting)) return;
    const redrive = waiting.deadLetters.size > 0 ? redriveInWords(waiting, redriveOptions) : '';
    if (isStuck(waiting) && !prompter) {
      throw new RefusedError(`${waitingInWords(waiting)} would be lost.\n${redrive}\nOr say --lose-waiting`);
    }
    terminal.out(`Waiting for ${waitingInWords(waiting)} … Ctrl+C stops; --lose-waiting goes on without.`);
    if (redrive !== '' && redrive !== said) terminal.out(redrive);
    said = redrive;
    await wait(BETWEEN_COUNTS_MS);
  }
}

/** Throws RefusedError if the person does not agree. */
async function askFor({ agreedName }: UninstallOptions, { prompter, look }: UninstallWork): Promise<void> {
  if (agreedName !== undefined) return;
  const typed = await prompter?.read(`To delete it, type ${look.stackName}, or nothing to stop: `);
  if (typed !== look.stackName) throw new RefusedError('stopped: nothing was changed');
}

/** What was agreed to is what is deleted: minutes may have passed. */
async function refuseIfChanged(
  before: KnownStack,
  count: Count | undefined,
  { lookAgain }: UninstallWork,
): Promise<void> {
  const now = await removableStack(lookAgain());
  if (
    now.arn !== before.arn ||
    now.status !== before.status ||
    now.lastChangedAtMs !== before.lastChangedAtMs
  ) {
    throw new RefusedError(
      'somebody else has changed the stack meanwhile: nothing was deleted. Run it again',
    );
  }
  const waiting = await count?.();
  if (waiting === undefined || isNothing(waiting)) return;
  throw new RefusedError(
    `meanwhile something has come in: ${waitingInWords(waiting)}. Nothing was deleted. Run it again`,
  );
}

/** Has it deleted, or watches a deletion that goes on: then `removal` is undefined. */
async function deleteStack(
  { arn, isProtected }: KnownStack,
  removal: Removal | undefined,
  { look, progress, terminal, wait, clock }: UninstallWork,
): Promise<void> {
  progress.stop();
  const deletion = stackDeletion(arn, look);
  if (removal && isProtected) {
    await deletion.unprotect();
    terminal.out('\nTermination protection is switched off.');
  }
  if (removal) await deletion.begin();
  terminal.out('\nCtrl+C only ends the watching; CloudFormation goes on. Run it again to watch.');
  const { stackName, home } = look;
  const total = removal && removal.deleted.length + removal.kept.length;
  await watchDeletion(deletion, { terminal, stackName, region: home.region, total, wait, clock });
  terminal.out(
    `\nDeleted: stack ${stackName}. The settings are still there; npx vmx doctor names buckets and tables that were kept.`,
  );
}
