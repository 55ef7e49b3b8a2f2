/** A statement of a function's own policy, as GetPolicy shows it. */
interface FunctionStatement {
  readonly Sid: string;
  readonly [member: string]: unknown;
}

/** The functions' own policies: who else than the account may invoke them. */
export interface FunctionPolicies {
  /** Adds a statement, or puts it in the place of the one with its `Sid`. */
  readonly permit: (functionArn: string, statement: FunctionStatement) => void;
  /** Removes the statement with that `Sid`. */
  readonly forbid: (sid: string) => void;
  readonly statements: (functionArn: string) => readonly FunctionStatement[];
}

export function createFunctionPolicies(): FunctionPolicies {
  const bySid = new Map<string, { functionArn: string; statement: FunctionStatement }>();
  return {
    permit: (functionArn, statement) => void bySid.set(statement.Sid, { functionArn, statement }),
    forbid: (sid) => void bySid.delete(sid),
    statements: (arn) =>
      [...bySid.values()].filter(({ functionArn }) => functionArn === arn).map(({ statement }) => statement),
  };
}
