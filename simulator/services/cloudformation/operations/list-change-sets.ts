import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { summaryOf } from '../describe-change.ts';
import { listed, requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { requireStack, stackPermission } from '../stack.ts';

/** ListChangeSets: those of a stack that were not executed yet. Source: CloudFormation API reference. */
export function listChangeSets(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'ListChangeSets',
    needs: (input) => [stackPermission('ListChangeSets', requireParameter(input, 'StackName'), parts)],
    answer(input) {
      const stack = requireStack(requireParameter(input, 'StackName'), parts);
      const items = (stack.record?.changeSets ?? []).map((changeSet) => summaryOf(changeSet, stack));
      return listed(input, { name: 'Summaries', of: stack.id, items });
    },
  };
}
