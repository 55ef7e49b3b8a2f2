import { RefusedError } from '../command.ts';
import type { Look } from '../doctor/look.ts';
import { agrees, type Prompter } from '../prompter.ts';
import { losses, lossOf, type StackChanges } from './changes.ts';
import type { DeployOptions } from './deploy-options.ts';

/** Throws RefusedError if the person does not agree, or nobody is there who could. */
export async function askFor(
  changes: StackChanges,
  options: Pick<DeployOptions, 'isYes' | 'mayLose'>,
  { prompter, look }: { readonly prompter: Prompter | undefined; readonly look: Pick<Look, 'home'> },
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
