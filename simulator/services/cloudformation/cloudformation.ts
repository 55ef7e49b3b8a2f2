import type { Account } from '../../account.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import { queryService } from '../../gateway/query-protocol.ts';
import type { Service } from '../../service.ts';
import { cloudFormationOperations } from './operations.ts';
import type { CloudFormationParts } from './parts.ts';

/**
 * AWS CloudFormation: only the description of deployed stacks.
 *
 * Not simulated: making, changing and deleting stacks. The simulator deploys its stack itself, from the
 * synthesized template.
 */
export function createCloudFormation({
  stacks,
  account = LAPTOP_ACCOUNT,
}: Pick<CloudFormationParts, 'stacks'> & { account?: Account }): { readonly service: Service } {
  return {
    service: queryService({
      name: 'cloudformation',
      version: '2010-05-15',
      namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
      operations: cloudFormationOperations({ stacks, account }),
    }),
  };
}
