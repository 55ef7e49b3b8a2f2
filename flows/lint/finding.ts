/** Something about a flow that a person should know before callers meet it. */
export interface Finding {
  /** `error`: a voicemail would be lost, empty or wrong, or the flow would not publish. */
  readonly severity: 'error' | 'warning';
  /** Identifier of the action; absent if it is about the whole flow. */
  readonly action?: string;
  /** Name of the rule, for machines. */
  readonly rule: string;
  /** What would happen, and what to do. */
  readonly message: string;
}
