import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { validationError } from '../../../stacks/errors.ts';
import { requireStack, stackPermission } from '../stack.ts';

/** What the answer has instead of each character that is not ASCII. */
const LOST_CHARACTER = /[\u{80}-\u{10ffff}]/gu;

/**
 * GetTemplate: of a stack that was deployed here, as it was deployed, but for characters that are not ASCII. A stack in
 * review has none yet. Source: CloudFormation API reference; aws-cloudformation/cloudformation-coverage-roadmap, 814
 * and 1220; stack_master's issue 232 shows the empty one.
 */
export function getTemplate(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'GetTemplate',
    needs: (input) => [stackPermission('GetTemplate', requireParameter(input, 'StackName'), parts)],
    answer(input) {
      const { name, template, record } = requireStack(requireParameter(input, 'StackName'), parts);
      if (template === undefined && record) return { TemplateBody: '' };
      if (template === undefined) throw validationError(`Template for ${name} is not known to the simulator`);
      return {
        TemplateBody: JSON.stringify(template).replaceAll(LOST_CHARACTER, '?'),
        StagesAvailable: { member: ['Original', 'Processed'] },
      };
    },
  };
}
