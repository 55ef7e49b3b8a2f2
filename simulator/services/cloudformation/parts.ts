import type { Account } from '../../account.ts';

/** A stack as CloudFormation describes it. */
export interface DeployedStack {
  readonly stackName: string;
  readonly createdAtMs: number;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What the operations work on. */
export interface CloudFormationParts {
  /** Asked each time. */
  readonly stacks: () => readonly DeployedStack[];
  readonly account: Account;
}
