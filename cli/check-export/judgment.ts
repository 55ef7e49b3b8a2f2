/** What the product would do with a file. */
const VERDICTS = ['ok', 'not known', 'warning', 'refused'] as const;

export type Verdict = (typeof VERDICTS)[number];

/**
 * Something about a file. The reason names members, rules and places, and never what is there: exports hold the
 * numbers, names and words of callers.
 */
export interface Remark {
  /** `ok`: good to know, and nothing is wrong. */
  readonly verdict: Verdict;
  readonly reason: string;
}

/** A file, and what was found in it. */
export interface Judgment {
  /** `flow`, `contact record` … */
  readonly kind: string;
  readonly remarks: readonly Remark[];
}

/** A remark that comes so often in one file. */
export type CountedRemark = Remark & { readonly times: number };

/** The worst of all remarks; `ok` if there are none. */
export function verdictOf(remarks: readonly Remark[]): Verdict {
  return VERDICTS.findLast((verdict) => remarks.some((one) => one.verdict === verdict)) ?? 'ok';
}

/** Each remark once, the worst first. */
export function countedRemarks(remarks: readonly Remark[]): readonly CountedRemark[] {
  const counted = new Map<string, CountedRemark>();
  for (const remark of remarks) {
    const key = `${remark.verdict} ${remark.reason}`;
    counted.set(key, { ...remark, times: (counted.get(key)?.times ?? 0) + 1 });
  }
  return [...counted.values()].toSorted((a, b) => rankOf(b) - rankOf(a));
}

function rankOf({ verdict }: Remark): number {
  return VERDICTS.indexOf(verdict);
}

export function ok(reason: string): Remark {
  return { verdict: 'ok', reason };
}

export function warning(reason: string): Remark {
  return { verdict: 'warning', reason };
}

export function refused(reason: string): Remark {
  return { verdict: 'refused', reason };
}

export function notKnown(reason: string): Remark {
  return { verdict: 'not known', reason };
}
