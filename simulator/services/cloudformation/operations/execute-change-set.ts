import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { stackPermission } from '../stack.ts';

/** ExecuteChangeSet: it begins, and goes on after the answer. Source: CloudFormation API reference. */
export function executeChangeSet(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'ExecuteChangeSet',
    needs: (input) => [stackPermission('ExecuteChangeSet', input.get('StackName'), parts)],
    answer(input) {
      const wanted = requireParameter(input, 'ChangeSetName');
      const keepsFailed = input.get('DisableRollback') === 'true';
      parts.life().changeSets.execute(wanted, input.get('StackName') ?? undefined, { keepsFailed });
      return {};
    },
  };
}
