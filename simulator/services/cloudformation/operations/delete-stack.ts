import { listIn, type QueryOperation } from '../../../gateway/query-protocol.ts';
import { requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { stackPermission } from '../stack.ts';

/** DeleteStack: it begins, and goes on after the answer. Source: CloudFormation API reference. */
export function deleteStack(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'DeleteStack',
    needs: (input) => [stackPermission('DeleteStack', requireParameter(input, 'StackName'), parts)],
    answer(input) {
      const retained = listIn(input, 'RetainResources');
      parts.life().remove(requireParameter(input, 'StackName'), { retained });
      return {};
    },
  };
}
