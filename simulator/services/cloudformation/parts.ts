import type { Account } from '../../account.ts';
import type { SimulatedS3 } from '../s3/s3.ts';
import type { StackRecord } from '../../stacks/stack-record.ts';
import type { Stacks } from '../../stacks/stacks.ts';
import type { CodePlace } from '../../template/resource-kind.ts';
import type { ForeignResource, StackDrift } from '../../world/account-state.ts';

/** What makes, changes and deletes stacks. */
export type StackLife = Pick<Stacks, 'require' | 'changeSets' | 'remove' | 'protect' | 'rollBack'>;

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
  readonly resources: readonly (ForeignResource & {
    readonly reason?: string;
    /** Absent: when the stack was made. */
    readonly changedAtMs?: number;
  })[];
  /** Absent: nobody knows the template of a stack of others. */
  readonly template?: unknown;
  /** Absent: it is a stack of others. */
  readonly record?: StackRecord;
  /** Absent: nobody has looked for drift. */
  readonly drift?: { readonly lookedAtMs: number; readonly resources: NonNullable<StackDrift['resources']> };
}

/** What the operations work on. */
export interface CloudFormationParts {
  /** Asked each time. Deleted ones are among them. */
  readonly stacks: () => readonly Stack[];
  readonly account: Account;
  readonly life: () => StackLife;
  /** Where templates and code are published. */
  readonly s3: Pick<SimulatedS3, 'get'>;
  readonly codeFolder: (code: CodePlace) => Promise<string>;
}
