import type { StackDeletion } from '../aws/stack-deletion.ts';
import { RefusedError, type Terminal } from '../command.ts';
import { progressLine } from '../deploy/deployment-progress.ts';

const BETWEEN_LOOKS_MS = 2_000;

interface Watch {
  readonly terminal: Terminal;
  readonly stackName: string;
  readonly region: string;
  /** How many resources the stack has. Undefined: some were gone before. */
  readonly total: number | undefined;
  readonly wait: (ms: number) => Promise<void>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
}

/** Says what CloudFormation is done with, until the stack is gone. Throws RefusedError if some of it stays. */
export async function watchDeletion(deletion: StackDeletion, watch: Watch): Promise<void> {
  const { terminal, total, wait, clock } = watch;
  const startedAtMs = clock();
  const done = new Set<string>();
  const failures = new Map<string, string>();
  for (;;) {
    for (const event of await newsOf(deletion, watch)) {
      const { logicalId, type, status, reason } = event;
      if (event.isOfStack) {
        if (status === 'DELETE_COMPLETE') return;
        if (status === 'DELETE_FAILED') throw failedDeletion(failures, reason, watch);
        continue;
      }
      if (status === 'DELETE_FAILED')
        failures.set(logicalId, `${type} ${logicalId}: ${reason ?? 'no reason'}`);
      else failures.delete(logicalId);
      if (/_(COMPLETE|SKIPPED)$/.test(status)) done.add(logicalId);
      const line = progressLine({ ...event, done: done.size, total }, clock() - startedAtMs);
      if (line !== undefined) terminal.out(line);
    }
    await wait(BETWEEN_LOOKS_MS);
  }
}

/** That nobody can watch does not end the deletion. */
async function newsOf(deletion: StackDeletion, { stackName }: Watch) {
  return deletion.news().catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error;
    throw new RefusedError(
      `CloudFormation goes on deleting the stack ${stackName}, and cannot be watched any more: ${error.message}\nRun it again to see how it ends.`,
      { cause: error },
    );
  });
}

function failedDeletion(
  failures: ReadonlyMap<string, string>,
  reason: string | undefined,
  { stackName, region }: Watch,
): RefusedError {
  const lines = failures.size > 0 ? [...failures.values()] : [reason ?? 'CloudFormation says no reason'];
  return new RefusedError(
    [
      `some of the stack ${stackName} could not be deleted:`,
      ...lines.map((line) => `  ✖ ${line}`),
      'Mend what the reasons name, and run it again. To keep what cannot be deleted, and have the rest go:',
      `  aws cloudformation delete-stack --stack-name ${stackName} --region ${region} --deletion-mode FORCE_DELETE_STACK`,
    ].join('\n'),
  );
}
