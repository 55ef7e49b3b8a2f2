/**
 * Repeats and delays deliveries, because AWS delivers at least once and in no order. `channel` names a
 * queue, rule or stream.
 */
export interface Disorder {
  /**
   * How long after the first delivery the next item is delivered again; 0: at once. Undefined: it is
   * delivered once.
   */
  readonly repeatedAfterMs: (channel: string) => number | undefined;
  /** The delay of the next delivery. */
  readonly lateMs: (channel: string) => number;
}

export const IN_ORDER: Disorder = { repeatedAfterMs: () => undefined, lateMs: () => 0 };
