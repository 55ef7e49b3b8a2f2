import { type Account, LAPTOP_ACCOUNT } from '../../account.ts';
import { queryService } from '../../gateway/query-protocol.ts';
import type { Service } from '../../service.ts';
import { describeStacks, type DeployedStack } from './describe-stacks.ts';

/**
 * AWS CloudFormation, as far as it tells of the stacks that are deployed.
 *
 * Not done: everything that makes, changes or deletes one. The simulator deploys its
 * stack itself, from the synthesized template.
 */
export function createCloudFormation({
  stacks,
  account = LAPTOP_ACCOUNT,
}: {
  /** Asked each time. */
  stacks: () => readonly DeployedStack[];
  account?: Account;
}): { readonly service: Service } {
  return {
    service: queryService({
      name: 'cloudformation',
      version: '2010-05-15',
      namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
      operations: [describeStacks({ stacks, account })],
    }),
  };
}
