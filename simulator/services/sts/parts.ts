/** What the operations work on. */
export interface StsParts {
  /** The unique id of a user or a role, as IAM has it. */
  readonly principalId: (prefix: 'AIDA' | 'AROA', words: string) => string;
}
