/** Something about a flow that a person should know before callers meet it. */
export interface Finding {
  /**
   * `error`: a voicemail would be lost, empty or wrong, callers would hear nothing, or the flow would not publish.
   * `note`: nothing is wrong that is known here; a person knows more.
   */
  readonly severity: 'error' | 'warning' | 'note';
  /** Identifier of the action; absent if it is about the whole flow. */
  readonly action?: string;
  /** Name of the rule, for machines. */
  readonly rule: string;
  /** What would happen, and what to do. */
  readonly message: string;
}
