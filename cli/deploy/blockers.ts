import type { Finding, Outcome } from '../doctor/check.ts';

/** A finding that voicemails would be lost by, or the stack not made. */
export interface Blocker {
  /** The name of the check: `alias-differs`. */
  readonly check: string;
  readonly finding: Finding;
}

export function blockersIn(outcomes: readonly Outcome[]): readonly Blocker[] {
  return outcomes.flatMap((one) =>
    one.kind === 'looked'
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
