import type { Account } from '../../account.ts';

export interface Parameter {
  /** `/cdk-bootstrap/hnb659fds/version` */
  readonly name: string;
  readonly value: string;
  readonly changedAtMs: number;
}

/** What the operations work on. */
export interface SsmParts {
  readonly account: Account;
  readonly parameters: readonly Parameter[];
}
