/** What is delivered at least once, and in no order, comes so. `channel` names a queue, rule or stream. */
export interface Disorder {
  /** How long after the first time it comes once more; 0: at once. Undefined: it does not. */
  readonly repeatedAfterMs: (channel: string) => number | undefined;
  /** How much later than it would it comes. */
  readonly lateMs: (channel: string) => number;
}

export const IN_ORDER: Disorder = { repeatedAfterMs: () => undefined, lateMs: () => 0 };
