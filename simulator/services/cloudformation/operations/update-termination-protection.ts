import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { stackPermission } from '../stack.ts';

/** UpdateTerminationProtection. Source: CloudFormation API reference. */
export function updateTerminationProtection(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'UpdateTerminationProtection',
    needs: (input) => [
      stackPermission('UpdateTerminationProtection', requireParameter(input, 'StackName'), parts),
    ],
    answer(input) {
      const isProtected = requireParameter(input, 'EnableTerminationProtection') === 'true';
      return { StackId: parts.life().protect(requireParameter(input, 'StackName'), isProtected).id };
    },
  };
}
