import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import type { CloudFormationParts } from '../parts.ts';
import { validationError } from '../../../stacks/errors.ts';
import { requireStack, stackPermission } from '../stack.ts';

/** Source: CloudFormation API reference, DescribeStackResources: for more, there is ListStackResources. */
const MOST_RESOURCES = 100;

/** DescribeStackResources: the first hundred of a stack, or the one that is named. The stack of a physical id is not found. */
export function describeStackResources(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'DescribeStackResources',
    needs: (input) => [stackPermission('DescribeStackResources', input.get('StackName'), parts)],
    answer(input) {
      const wanted = input.get('StackName');
      if (wanted === null) throw validationError('Either stack name or physical resource id is required.');
      const { id, name, createdAtMs, resources } = requireStack(wanted, parts);
      const only = input.get('LogicalResourceId');
      const found = resources.filter(({ logicalId }) => only === null || logicalId === only);
      if (only !== null && found.length === 0) {
        throw validationError(`Resource ${only} does not exist for stack ${name}`);
      }
      const member = found
        .slice(0, MOST_RESOURCES)
        .map(({ logicalId, type, physicalId, status = 'CREATE_COMPLETE', reason, changedAtMs }) => ({
          StackName: name,
          StackId: id,
          LogicalResourceId: logicalId,
          PhysicalResourceId: physicalId,
          ResourceType: type,
          Timestamp: new Date(changedAtMs ?? createdAtMs).toISOString(),
          ResourceStatus: status,
          ...(reason !== undefined && { ResourceStatusReason: reason }),
          DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
        }));
      return { StackResources: { member } };
    },
  };
}
