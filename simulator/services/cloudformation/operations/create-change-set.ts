import { validationError } from '../../../stacks/errors.ts';
import { TemplateError } from '../../../template/template-error.ts';
import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { definitionIn } from '../definition.ts';
import { requireParameter } from '../input.ts';
import { resourcesToImportIn } from '../resources-to-import.ts';
import type { CloudFormationParts } from '../parts.ts';
import { isDeleted, stackPermission } from '../stack.ts';

/**
 * CreateChangeSet, for a new stack or one that is there, with all changes or an import. It is complete at once. Source: CloudFormation API
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
      const before = definitionBefore(type, stackName, parts);
      const definition = await definitionIn(input, { parts, caller, before });
      try {
        const { record, changeSet } = await parts.life().changeSets.create({
          stackName,
          name,
          type,
          ...(description !== null && { description }),
          definition,
          toImport: resourcesToImportIn(input),
        });
        return { Id: changeSet.id, StackId: record.id };
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        throw validationError(`Template validation error: ${error.message}`);
      }
    },
  };
}

function typeIn(input: URLSearchParams): 'CREATE' | 'UPDATE' | 'IMPORT' {
  const type = input.get('ChangeSetType') ?? 'UPDATE';
  if (type === 'CREATE' || type === 'UPDATE' || type === 'IMPORT') return type;
  throw validationError(
    `1 validation error detected: Value '${type}' at 'changeSetType' failed to satisfy constraint: Member must satisfy enum value set: [IMPORT, UPDATE, CREATE]`,
  );
}

/** What the stack is made from now. An import may be for a stack that is not there. */
function definitionBefore(type: string, stackName: string, { life, stacks }: CloudFormationParts) {
  if (type === 'UPDATE') return life().require(stackName).definition;
  if (type === 'CREATE') return undefined;
  const found = stacks().find((stack) => stack.name === stackName && !isDeleted(stack));
  return found && life().require(stackName).definition;
}
