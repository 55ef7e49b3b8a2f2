/**
 * A fault of a call.
 *
 * - `throttle`, `fail`: the service refuses the call, with its own error, and does nothing
 * - `cut-before`, `cut-after`: the connection ends without an answer, before or after the operation was
 *   done
 * - `cut-body`: the connection ends in the middle of the answer's body, after the operation was done;
 *   errors are sent whole
 * - `hang-before`, `hang-after`: the service does not answer, before or after the operation was done;
 *   the connection stays open until the caller closes it
 * - `crash-before`, `crash-during`, `crash-after`: the worker of the calling function is killed.
 *   `crash-before`: before the operation is done. `crash-during`: the worker is killed, and the
 *   operation is done after that. `crash-after`: after the operation was done
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

/** A fault, and the calls that it is injected into. An absent member fits every call. */
export interface FaultRule {
  /** The signing name: `s3`, `kinesisvideo`. */
  readonly service?: string;
  /** As AWS spells it: `PutObject`. */
  readonly operation?: string;
  /** A function's logical id, or the caller's ARN. */
  readonly caller?: string;
  /** Only calls of invocations whose event contains this text, usually a contact id. */
  readonly about?: string;
  /** Only the nth call, from 1, of those that the other members fit. Absent: every call. */
  readonly nth?: number;
  /** `slowMs`: the answer takes so long, on the simulator's clock. */
  readonly fault: CallFault | { readonly slowMs: number };
}

/** The faults to inject. Shares are from 0 to 1; absent: 0. */
export interface FaultPlan {
  /** The same plan with the same seed injects the same faults. Absent: 1. */
  readonly seed?: number;
  /** They come before chance. The first rule that fits a call is used. */
  readonly rules?: readonly FaultRule[];
  /** Of all calls that functions make, the share that is refused or cut. */
  readonly failing?: number;
  /** Of all calls that functions make, the share at which the function's worker is killed. */
  readonly crashing?: number;
  /** Of all calls that functions make, the share that is answered after 1 to 30 seconds. */
  readonly slow?: number;
  /**
   * The share of messages, events and stream records that are delivered twice: at once, or up to a
   * minute later.
   */
  readonly repeated?: number;
  /** The share of messages and events that are delivered up to a minute late, after others. */
  readonly late?: number;
}

/**
 * A plan in which calls fail, workers are killed, answers are slow, and deliveries are repeated and late,
 * all in proportion to the share of failing calls.
 */
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
