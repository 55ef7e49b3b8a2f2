import { RefusedError } from '../command.ts';
import { failureText } from './failures.ts';
import type { Ending } from './watch-deployment.ts';

interface Place {
  readonly stackName: string;
  readonly region: string;
}

/** Throws RefusedError, in words, if a deployment has not ended well. */
export function refuseFailed(ending: Ending, place: Place): void {
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(ending.status)) return;
  throw new RefusedError(
    `the deployment failed:\n${failureText(ending)}\n${stateInWords(ending.status, place)}`,
  );
}

/** In what state a deployment that failed has left the stack, and how it goes on from there. */
function stateInWords(status: string, { stackName, region }: Place): string {
  const named = `--stack-name ${stackName} --region ${region}`;
  switch (status) {
    case 'ROLLBACK_COMPLETE':
      return `CloudFormation has undone it: of the stack ${stackName}, only its name and its events are left. The next npx vmx deploy deletes them first.`;
    case 'UPDATE_ROLLBACK_COMPLETE':
      return `CloudFormation has undone it: the stack ${stackName} runs as it was before. The next deployment can begin from there.`;
    case 'UPDATE_ROLLBACK_FAILED':
      return `CloudFormation could not undo it, and the stack ${stackName} runs partly changed. Mend what the reasons name, then run:\n  aws cloudformation continue-update-rollback ${named}\nand npx vmx deploy again, which watches it.`;
    case 'ROLLBACK_FAILED':
      return `Some of the stack ${stackName} is left. Mend what the reasons name: the next npx vmx deploy deletes it first.`;
    default:
      return `The stack ${stackName} is ${status}. Look: npx vmx doctor says what to do.`;
  }
}
