import type { Finding, Outcome } from '../doctor/check.ts';

/** A finding that voicemails would be lost by, or the stack not made. */
export interface Blocker {
  /** The name of the check: `alias-differs`. */
  readonly check: string;
  readonly finding: Pick<Finding, 'what' | 'remedy'>;
}

/** What a deployment can mend, and so does not stand against it. */
const MENDED: readonly string[] = ['flow-gone', 'function-cannot-run', 'record-reader-stopped'];

/** CDK's toolkit deletes a stack in this state, and makes it again: nothing of it was ever in use. */
export function isMadeAgain(status: string | undefined): boolean {
  return status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED';
}

/** A second stack would deliver each voicemail twice: a first deployment must know that there is none. */
const MUST_BE_SEEN = 'second-stack';

/** Those that stand against a deployment. `status`: that of the stack; undefined if there is none. */
export function blockersIn(outcomes: readonly Outcome[], status: string | undefined): readonly Blocker[] {
  const passed = isMadeAgain(status) ? [...MENDED, 'stack-stuck'] : MENDED;
  const isFirst = status === undefined || status === 'REVIEW_IN_PROGRESS' || isMadeAgain(status);
  return outcomes.flatMap((one) => {
    if (one.kind === 'looked') {
      const found = passed.includes(one.check.id) ? [] : one.findings;
      return found
        .filter(({ severity }) => severity === 'blocker')
        .map((finding) => ({ check: one.check.id, finding }));
    }
    return isFirst && one.check.id === MUST_BE_SEEN ? [unseenBlocker(one)] : [];
  });
}

function unseenBlocker({ check, why }: Outcome & { kind: 'cannot tell' }): Blocker {
  const what = `It could not be looked at ${check.title}: ${why}.`;
  const remedy = 'Allow cloudformation:DescribeStacks for all stacks of the account, and run it again.';
  return { check: check.id, finding: { what, remedy } };
}

/** Each with what to do, and its name for `--despite`. */
export function blockersText(blockers: readonly Blocker[]): string {
  return blockers
    .map(({ check, finding }) => `  ✖ ${finding.what} (${check})\n    Do: ${finding.remedy}`)
    .join('\n');
}
