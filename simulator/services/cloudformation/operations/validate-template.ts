import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { sourceIn, templateOf } from '../definition.ts';
import type { CloudFormationParts } from '../parts.ts';
import { declaredParameters, templateSummary } from '../summary.ts';

/** ValidateTemplate: whether it is a template, and what it asks for. Only JSON, as CDK writes it. */
export function validateTemplate(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'ValidateTemplate',
    needs: () => [{ action: 'cloudformation:ValidateTemplate', resource: '*' }],
    async answer(input, { caller }) {
      const template = templateOf(await sourceIn(input, { parts, caller, before: undefined }));
      return { ...templateSummary(template), Parameters: declaredParameters(template) };
    },
  };
}
