/** What is wrong with a flow, or what nobody here knows about it. */
export interface PublishProblem {
  /** The service's message, or ours for a doubt. */
  readonly message: string;
  /** More than the service says: which parameter, what was meant. */
  readonly detail?: string;
  /** The place in `Actions` of the action it is about, if it is about one. */
  readonly action?: number;
  /**
   * Absent: the service is known to refuse this. `unknown`: this table does not know it, the service may.
   * `placeholder`: another tool has to fill in the value first.
   */
  readonly doubt?: 'unknown' | 'placeholder';
}

export function unknown(message: string): PublishProblem {
  return { message, doubt: 'unknown' };
}
