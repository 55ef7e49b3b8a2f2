import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { validationError } from '../../../stacks/errors.ts';
import { requireStack, stackPermission } from '../stack.ts';

/** GetTemplate: of a stack that was deployed here, as it was deployed. Source: CloudFormation API reference. */
export function getTemplate(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'GetTemplate',
    needs: (input) => [stackPermission('GetTemplate', requireParameter(input, 'StackName'), parts)],
    answer(input) {
      const { name, template } = requireStack(requireParameter(input, 'StackName'), parts);
      if (template === undefined) throw validationError(`Template for ${name} is not known to the simulator`);
      return {
        TemplateBody: JSON.stringify(template),
        StagesAvailable: { member: ['Original', 'Processed'] },
      };
    },
  };
}
