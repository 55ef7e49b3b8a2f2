import type { Finding } from './finding.ts';

/** The first finding of each rule for each action: several paths to one action are one mistake. */
export function onePerAction(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ action, rule }) => {
    const key = `${rule} ${action}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
