import { AwsError } from '../../../service.ts';
import { validationError } from '../../../stacks/errors.ts';
import { TemplateError } from '../../../template/template-error.ts';
import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { definitionIn } from '../definition.ts';
import { requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { stackPermission } from '../stack.ts';

/**
 * CreateChangeSet, for a new stack or one that is there. It is complete at once. Source: CloudFormation API
 * reference.
 */
export function createChangeSet(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'CreateChangeSet',
    needs(input) {
      const roleArn = input.get('RoleARN');
      return [
        stackPermission('CreateChangeSet', requireParameter(input, 'StackName'), parts),
        ...(roleArn === null ? [] : [{ action: 'iam:PassRole', resource: roleArn }]),
      ];
    },
    async answer(input, { caller }) {
      const stackName = requireParameter(input, 'StackName');
      const name = requireParameter(input, 'ChangeSetName');
      const type = typeIn(input);
      const description = input.get('Description');
      const before = type === 'UPDATE' ? parts.life().require(stackName).definition : undefined;
      const definition = await definitionIn(input, { parts, caller, before });
      try {
        const { record, changeSet } = await parts.life().changeSets.create({
          stackName,
          name,
          type,
          ...(description !== null && { description }),
          definition,
        });
        return { Id: changeSet.id, StackId: record.id };
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        throw validationError(`Template validation error: ${error.message}`);
      }
    },
  };
}

function typeIn(input: URLSearchParams): 'CREATE' | 'UPDATE' {
  const type = input.get('ChangeSetType') ?? 'UPDATE';
  if (type === 'CREATE' || type === 'UPDATE') return type;
  throw new AwsError('UnknownOperationException', 501, `The simulator has no change sets of type ${type}`);
}
