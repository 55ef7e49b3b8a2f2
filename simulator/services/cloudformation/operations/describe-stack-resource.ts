import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { validationError } from '../../../stacks/errors.ts';
import { requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { requireStack, stackPermission } from '../stack.ts';

/** DescribeStackResource: one resource, with what the template says about it. Source: CloudFormation API reference. */
export function describeStackResource(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'DescribeStackResource',
    needs: (input) => [stackPermission('DescribeStackResource', requireParameter(input, 'StackName'), parts)],
    answer(input) {
      const stack = requireStack(requireParameter(input, 'StackName'), parts);
      const wanted = requireParameter(input, 'LogicalResourceId');
      const found = stack.resources.find(({ logicalId }) => logicalId === wanted);
      if (!found) throw validationError(`Resource ${wanted} does not exist for stack ${stack.name}`);
      const { logicalId, type, physicalId, status = 'CREATE_COMPLETE', reason, changedAtMs } = found;
      const metadata = stack.record?.definition?.template.Resources[wanted]?.Metadata ?? {};
      return {
        StackResourceDetail: {
          StackName: stack.name,
          StackId: stack.id,
          LogicalResourceId: logicalId,
          PhysicalResourceId: physicalId,
          ResourceType: type,
          LastUpdatedTimestamp: new Date(changedAtMs ?? stack.createdAtMs).toISOString(),
          ResourceStatus: status,
          ...(reason !== undefined && { ResourceStatusReason: reason }),
          ...(Object.keys(metadata).length > 0 && { Metadata: JSON.stringify(metadata) }),
          DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
        },
      };
    },
  };
}
