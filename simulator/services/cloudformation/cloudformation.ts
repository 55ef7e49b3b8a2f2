import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import { queryService } from '../../gateway/query-protocol.ts';
import type { Service } from '../../service.ts';
import { codeFromS3 } from '../../stacks/code-from-s3.ts';
import type { StackRecord } from '../../stacks/stack-record.ts';
import type { AccountState } from '../../world/account-state.ts';
import type { SimulatedS3 } from '../s3/s3.ts';
import { cloudFormationOperations } from './operations.ts';
import type { StackLife } from './parts.ts';
import { foreignStacks, stackOf } from './stack.ts';

/**
 * AWS CloudFormation: stacks are made and updated by change sets, and deleted; those of the world are described.
 *
 * A change set is complete as soon as it is asked for, and a resource takes a hundredth of a second, one after
 * the other. Not simulated: nested stacks, macros, imports of other types than buckets, tables and secrets, stack sets, hooks, notifications, detecting drift
 * (the world says what drifted), the permissions of the role that CloudFormation works with, rules of a template
 * and parameters from Parameter Store that the template refers to.
 */
export function createCloudFormation({
  stacks,
  life,
  clock,
  s3,
  folder,
  state = {},
  account = LAPTOP_ACCOUNT,
}: {
  /** Asked each time. */
  stacks: () => readonly StackRecord[];
  /** What makes, changes and deletes them. */
  life: () => StackLife;
  clock: Clock;
  s3: Pick<SimulatedS3, 'get'>;
  /** Where the code of functions is unpacked. */
  folder: string;
  state?: Pick<AccountState, 'stacks' | 'drifts'>;
  account?: Account;
}): { readonly service: Service } {
  const surroundings = { account, startedAtMs: clock.now(), drifts: state.drifts ?? [] };
  const foreign = foreignStacks(state.stacks ?? [], surroundings);
  const all = () => [...stacks().map((record) => stackOf(record, surroundings)), ...foreign];
  return {
    service: queryService({
      name: 'cloudformation',
      version: '2010-05-15',
      namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
      operations: cloudFormationOperations({
        stacks: all,
        account,
        life,
        s3,
        codeFolder: codeFromS3(s3, folder),
      }),
    }),
  };
}
