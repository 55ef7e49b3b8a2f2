import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { validationError } from '../../../stacks/errors.ts';
import { sourceIn, templateOf } from '../definition.ts';
import type { CloudFormationParts } from '../parts.ts';
import { requireStack, stackPermission } from '../stack.ts';
import { declaredParameters, templateSummary } from '../summary.ts';

/** GetTemplateSummary: of a template, or of the one that a stack was made from. */
export function getTemplateSummary(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'GetTemplateSummary',
    needs: (input) => [stackPermission('GetTemplateSummary', input.get('StackName'), parts)],
    async answer(input, { caller }) {
      const stackName = input.get('StackName');
      const source =
        stackName === null
          ? await sourceIn(input, { parts, caller, before: undefined })
          : requireStack(stackName, parts).template;
      if (source === undefined) throw validationError(`Template for ${stackName} is not known`);
      const template = templateOf(source);
      const { AWSTemplateFormatVersion: version, Metadata: metadata } = template;
      const types = new Set(Object.values(template.Resources).map(({ Type }) => Type));
      return {
        ...templateSummary(template),
        Parameters: declaredParameters(template, 'ParameterType'),
        ResourceTypes: { member: [...types].toSorted() },
        ...(typeof version === 'string' && { Version: version }),
        ...(metadata !== undefined && { Metadata: JSON.stringify(metadata) }),
      };
    },
  };
}
