import { RefusedError } from '../command.ts';
import { blockersText } from '../deploy/blockers.ts';
import {
  isDeployed,
  isOfSomebodyElse,
  type KnownStack,
  servedInstance,
  stack,
} from '../doctor/facts/stack.ts';
import { otherAccount } from '../doctor/lanes/account/other-account.ts';
import type { Look } from '../doctor/look.ts';

/** Throws RefusedError if the credentials are those of another account. */
export async function refuseOtherAccount(look: Look): Promise<void> {
  const findings = await otherAccount.run(look);
  if (findings.length > 0) {
    const blockers = findings.map((finding) => ({ check: otherAccount.id, finding }));
    throw new RefusedError(`the credentials do not fit the settings:\n${blockersText(blockers)}`);
  }
}

/** The stack of the settings. Throws RefusedError, in words, if it must not be deleted as it is now. */
export async function removableStack(look: Look): Promise<KnownStack> {
  await refuseOtherAccount(look);
  const { stackName, home } = look;
  const found = await stack(look);
  if (!found) {
    throw new RefusedError(
      `there is no stack ${stackName} in ${home.region}: there is nothing to delete. To delete what one left behind, say --delete-data ${stackName}`,
    );
  }
  const why = objectionTo(found, look);
  if (why !== undefined) throw new RefusedError(`the stack ${stackName} ${why}`);
  return found;
}

/** Why it must not be deleted, as the end of a sentence. */
function objectionTo(found: KnownStack, { home }: Look): string | undefined {
  if (isOfSomebodyElse(found)) {
    return 'is not one of Voicemail Express: correct stackName in the settings';
  }
  const served = servedInstance(found);
  if (served !== undefined && served.id !== home.instanceId) {
    return `serves the instance ${served.id}, and the settings name ${home.instanceId}: correct stackName or instanceArn in the settings`;
  }
  if (served === undefined && isDeployed(found)) {
    return 'does not say which instance it serves, because an older version deployed it: run npx vmx deploy first';
  }
  if (found.status.endsWith('_IN_PROGRESS') && !/^(REVIEW|DELETE)_/.test(found.status)) {
    return `is ${found.status}, so somebody is changing it: wait until that is done, and run it again`;
  }
  return undefined;
}
