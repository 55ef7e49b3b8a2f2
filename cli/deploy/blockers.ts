import type { Finding, Outcome } from '../doctor/check.ts';

/** A finding that voicemails would be lost by, or the stack not made. */
export interface Blocker {
  /** The name of the check: `alias-differs`. */
  readonly check: string;
  readonly finding: Finding;
}

/** What a deployment can mend, and so does not stand against it. */
const MENDED: readonly string[] = ['flow-gone', 'function-cannot-run', 'record-reader-stopped'];

/** CDK's toolkit deletes a stack in this state, and makes it again: nothing of it was ever in use. */
export function isMadeAgain(status: string | undefined): boolean {
  return status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED';
}

/** Those that stand against a deployment. `status`: that of the stack; undefined if there is none. */
export function blockersIn(outcomes: readonly Outcome[], status: string | undefined): readonly Blocker[] {
  const passed = isMadeAgain(status) ? [...MENDED, 'stack-stuck'] : MENDED;
  return outcomes.flatMap((one) =>
    one.kind === 'looked' && !passed.includes(one.check.id)
      ? one.findings
          .filter(({ severity }) => severity === 'blocker')
          .map((finding) => ({ check: one.check.id, finding }))
      : [],
  );
}

/** Each with what to do, and its name for `--despite`. */
export function blockersText(blockers: readonly Blocker[]): string {
  return blockers
    .map(({ check, finding }) => `  ✖ ${finding.what} (${check})\n    Do: ${finding.remedy}`)
    .join('\n');
}
