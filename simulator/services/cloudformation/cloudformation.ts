import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import { queryService } from '../../gateway/query-protocol.ts';
import type { Service } from '../../service.ts';
import type { AccountState } from '../../world/account-state.ts';
import { cloudFormationOperations } from './operations.ts';
import type { DeployedStack } from './parts.ts';
import { foreignStacks, stackOf } from './stack.ts';

/**
 * AWS CloudFormation: only the description of stacks, of those that were deployed here and of those in the world.
 *
 * Not simulated: making, changing and deleting stacks, and detecting drift. The simulator deploys its stack
 * itself, from the synthesized template; the world says what drifted.
 */
export function createCloudFormation({
  stacks,
  clock,
  state = {},
  account = LAPTOP_ACCOUNT,
}: {
  /** Asked each time. */
  stacks: () => readonly DeployedStack[];
  clock: Clock;
  state?: Pick<AccountState, 'stacks' | 'drifts'>;
  account?: Account;
}): { readonly service: Service } {
  const surroundings = { account, startedAtMs: clock.now(), drifts: state.drifts ?? [] };
  const foreign = foreignStacks(state.stacks ?? [], surroundings);
  const all = () => [...stacks().map((stack) => stackOf(stack, surroundings)), ...foreign];
  return {
    service: queryService({
      name: 'cloudformation',
      version: '2010-05-15',
      namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
      operations: cloudFormationOperations({ stacks: all, account }),
    }),
  };
}
