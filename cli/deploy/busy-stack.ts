import type { StackEvents } from '../aws/stack-events.ts';
import { RefusedError } from '../command.ts';
import type { KnownStack } from '../doctor/facts/stack.ts';
import { agrees, type Prompter } from '../prompter.ts';
import { refuseFailed } from './ended.ts';
import { type Watch, watchDeployment } from './watch-deployment.ts';

/** Whether CloudFormation is at work on it. */
export function isBusy({ status }: KnownStack): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}

/**
 * Watches what goes on with a stack to its end, if that is agreed to. Throws RefusedError if it is not, if the stack is
 * being deleted, and if it does not end well.
 */
export async function watchBusy(
  { status }: KnownStack,
  {
    events,
    isYes,
    prompter,
    watch,
    ...place
  }: {
    readonly events: StackEvents;
    readonly isYes: boolean;
    readonly prompter: Prompter | undefined;
    readonly watch: Omit<Watch, 'total'>;
    readonly stackName: string;
    readonly region: string;
  },
): Promise<void> {
  const { stackName } = place;
  if (status.startsWith('DELETE_')) {
    throw new RefusedError(
      `the stack ${stackName} is being deleted: npx vmx uninstall watches it. Deploy once it is gone`,
    );
  }
  watch.terminal.out(`The stack ${stackName} is ${status}: a deployment that has begun before goes on.`);
  if (!isYes) {
    if (!prompter)
      throw new RefusedError('nobody can be asked here: say --yes, to watch it to its end first');
    if (!(await agrees(prompter, 'Watch it to its end first?'))) {
      throw new RefusedError('stopped: CloudFormation goes on by itself');
    }
  }
  refuseFailed(await watchDeployment(events, { ...watch, total: undefined }), place);
  watch.terminal.out('It ended well.\n');
}
