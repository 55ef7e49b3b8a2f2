import type { Account } from '../../account.ts';
import type { ForeignResource, StackDrift } from '../../world/account-state.ts';

/** A stack that was deployed here. */
export interface DeployedStack {
  readonly stackName: string;
  readonly createdAtMs: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: readonly ForeignResource[];
  readonly description?: string;
  /** As it is written. */
  readonly template: unknown;
}

/** A stack as CloudFormation describes it. */
export interface Stack {
  /** `arn:aws:cloudformation:<region>:<account>:stack/<name>/<uuid>` */
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly createdAtMs: number;
  readonly status: string;
  readonly statusReason?: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: readonly ForeignResource[];
  /** Absent: nobody knows the template of a stack of others. */
  readonly template?: unknown;
  /** Absent: nobody has looked for drift. */
  readonly drift?: { readonly lookedAtMs: number; readonly resources: NonNullable<StackDrift['resources']> };
}

/** What the operations work on. */
export interface CloudFormationParts {
  /** Asked each time. Deleted ones are among them. */
  readonly stacks: () => readonly Stack[];
  readonly account: Account;
}
