/**
 * What goes wrong with a call.
 *
 * - `throttle`, `fail`: refused, in the service's own words; nothing has happened
 * - `cut-before`, `cut-after`: the connection ends without an answer, before or after the effect
 * - `cut-body`: it ends in the middle of the answer's body, after the effect; errors are answered whole
 * - `hang-before`, `hang-after`: no answer comes, before or after the effect; the connection stays open
 *   until the caller has enough of it
 * - `crash-before`, `crash-during`, `crash-after`: the worker of the calling function is
 *   killed, before the effect, before it but with the request on its way, or after it
 */
export type CallFault =
  | 'throttle'
  | 'fail'
  | 'cut-before'
  | 'cut-after'
  | 'cut-body'
  | 'hang-before'
  | 'hang-after'
  | 'crash-before'
  | 'crash-during'
  | 'crash-after';

/** Which calls, and what goes wrong with them. A member that is absent asks for nothing. */
export interface FaultRule {
  /** The signing name: `s3`, `kinesisvideo`. */
  readonly service?: string;
  /** As AWS spells it: `PutObject`. */
  readonly operation?: string;
  /** A function's logical id, or the caller's ARN. */
  readonly caller?: string;
  /** Only calls of invocations whose event has this text in it, a contact id above all. */
  readonly about?: string;
  /** Only the first, second, … call that is meant by the rest. Absent: every one. */
  readonly nth?: number;
  /** Or the answer takes so long, on the simulator's clock. */
  readonly fault: CallFault | { readonly slowMs: number };
}

/** What is to go wrong. Shares are from 0 to 1, and absent ones are 0. */
export interface FaultPlan {
  /** The same plan with the same seed does the same. Absent: 1. */
  readonly seed?: number;
  /** Asked first, in order; the first that fits a call is taken. */
  readonly rules?: readonly FaultRule[];
  /** Of all calls that functions make: refused or cut. */
  readonly failing?: number;
  /** Likewise: the function's worker is killed. */
  readonly crashing?: number;
  /** Likewise: answered after 1 to 30 seconds. */
  readonly slow?: number;
  /** Of messages, events and stream records: come twice, at once or up to a minute later. */
  readonly repeated?: number;
  /** Likewise: come up to a minute late, behind others. */
  readonly late?: number;
}

/** Everything at once, around a share of failing calls. */
export function shakyCloud({ failing, seed }: { failing: number; seed: number }): FaultPlan {
  return {
    seed,
    failing,
    crashing: failing / 80,
    slow: failing / 10,
    repeated: failing / 4,
    late: failing / 4,
  };
}
