import { EXIT, RefusedError } from '../command.ts';
import { type Legacy, legacies, legacyNamed, legacyText, whyNot } from '../kept/legacies.ts';
import {
  type KeptData,
  dataOfLegacy,
  dataText,
  deleteData,
  refuseHeld,
  refuseWaiting,
} from './delete-data.ts';
import type { UninstallOptions } from './uninstall-options.ts';
import type { UninstallWork } from './uninstall-work.ts';

/** Deletes what a removed stack left behind, once somebody agrees. Throws RefusedError, in words. */
export async function deleteLegacy(options: UninstallOptions, work: UninstallWork): Promise<number> {
  const { look, terminal, progress } = work;
  const { stackName, home } = look;
  const all = await legacies(look);
  progress.stop();
  const legacy = await chosen(all, options, work);
  if (!legacy) {
    terminal.out(`There is no stack ${stackName} in ${home.region}, and nothing that one left behind.`);
    return EXIT.ok;
  }
  terminal.out(
    `There is no stack ${stackName}. A removed one has left something behind:\n${legacyText(legacy)}`,
  );
  const data = dataOfLegacy(legacy);
  await refuseHeld(data, look);
  if (!options.mayLoseWaiting) await refuseWaiting(data, look);
  terminal.out(`\n${await dataText(data, look)}`);
  if (options.agreedName === undefined) await askForData(work);
  return await deleteData(data, work);
}

async function chosen(
  all: readonly Legacy[],
  { dataOf }: UninstallOptions,
  { look }: UninstallWork,
): Promise<Legacy | undefined> {
  if (dataOf !== undefined) {
    const named = legacyNamed(dataOf, all);
    if (named) return named;
    throw new RefusedError(`it is not deleted: ${await whyNot(dataOf, look)}`);
  }
  if (all.length < 2) return all[0];
  throw new RefusedError(
    `${all.length} removed stacks ${look.stackName} have left something behind. Say which with --data-of ID:\n${all.map(legacyText).join('\n')}`,
  );
}

/**
 * After the stack is gone: deletes what it kept, if that was wanted, or a person at the terminal wants it now. Returns
 * the exit code.
 */
export async function afterDeletion(
  data: KeptData,
  options: UninstallOptions,
  work: UninstallWork,
): Promise<number> {
  const { look, terminal, prompter } = work;
  if (options.deleteDataOf === undefined) {
    if (options.agreedName !== undefined || !prompter) return EXIT.ok;
    terminal.out('');
    const text = await dataText(data, look).catch((error: unknown) => {
      if (!(error instanceof RefusedError)) throw error;
      terminal.err(`What is kept could not be counted: ${error.message}`);
    });
    if (text === undefined) return EXIT.ok;
    terminal.out(text);
    if (!(await hasTypedAgain(work))) return EXIT.ok;
  }
  await refuseHeld(data, look);
  if (!options.mayLoseWaiting) await refuseWaiting(data, look);
  return await deleteData(data, work);
}

/** Throws RefusedError if the person does not agree, or nobody is there. */
async function askForData(work: UninstallWork): Promise<void> {
  if (!work.prompter) throw new RefusedError(`nobody can be asked here: say --yes ${work.look.stackName}`);
  if (!(await hasTypedAgain(work))) throw new RefusedError('stopped: nothing was deleted');
}

async function hasTypedAgain({ prompter, look: { stackName } }: UninstallWork): Promise<boolean> {
  const typed = await prompter?.read(`To delete the data, type ${stackName} again, or nothing to keep it: `);
  return typed === stackName;
}
