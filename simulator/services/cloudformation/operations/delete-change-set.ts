import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { stackPermission } from '../stack.ts';

/** DeleteChangeSet. One that is not there counts as deleted, if its stack is. Source: CloudFormation API reference. */
export function deleteChangeSet(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'DeleteChangeSet',
    needs: (input) => [stackPermission('DeleteChangeSet', input.get('StackName'), parts)],
    answer(input) {
      const wanted = requireParameter(input, 'ChangeSetName');
      parts.life().changeSets.remove(wanted, input.get('StackName') ?? undefined);
      return {};
    },
  };
}
