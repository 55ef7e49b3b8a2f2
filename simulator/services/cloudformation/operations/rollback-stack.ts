import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { stackPermission } from '../stack.ts';

/** RollbackStack: of a creation or an update that failed with rollback off. Source: CloudFormation API reference. */
export function rollbackStack(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'RollbackStack',
    needs: (input) => [stackPermission('RollbackStack', requireParameter(input, 'StackName'), parts)],
    answer(input) {
      const statuses = ['CREATE_FAILED', 'UPDATE_FAILED'];
      const { id } = parts.life().rollBack(requireParameter(input, 'StackName'), { statuses, skipped: [] });
      return { StackId: id };
    },
  };
}
