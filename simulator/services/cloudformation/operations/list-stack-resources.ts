import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { listed, requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { requireStack, stackPermission } from '../stack.ts';

/** ListStackResources: of one stack by name or id. Source: CloudFormation API reference. */
export function listStackResources(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'ListStackResources',
    needs: (input) => [stackPermission('ListStackResources', requireParameter(input, 'StackName'), parts)],
    answer(input) {
      const { id, createdAtMs, resources } = requireStack(requireParameter(input, 'StackName'), parts);
      const items = resources.map((resource) => {
        const { logicalId, type, physicalId, status = 'CREATE_COMPLETE', reason, changedAtMs } = resource;
        return {
          LogicalResourceId: logicalId,
          PhysicalResourceId: physicalId,
          ResourceType: type,
          LastUpdatedTimestamp: new Date(changedAtMs ?? createdAtMs).toISOString(),
          ResourceStatus: status,
          ...(reason !== undefined && { ResourceStatusReason: reason }),
          DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
        };
      });
      return listed(input, { name: 'StackResourceSummaries', of: id, items });
    },
  };
}
