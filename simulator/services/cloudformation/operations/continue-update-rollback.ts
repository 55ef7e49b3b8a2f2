import { listIn, type QueryOperation } from '../../../gateway/query-protocol.ts';
import { requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { stackPermission } from '../stack.ts';

/** ContinueUpdateRollback: of an update whose rollback failed. Source: CloudFormation API reference. */
export function continueUpdateRollback(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'ContinueUpdateRollback',
    needs: (input) => [
      stackPermission('ContinueUpdateRollback', requireParameter(input, 'StackName'), parts),
    ],
    answer(input) {
      const statuses = ['UPDATE_ROLLBACK_FAILED'];
      const skipped = listIn(input, 'ResourcesToSkip');
      parts.life().rollBack(requireParameter(input, 'StackName'), { statuses, skipped });
      return {};
    },
  };
}
