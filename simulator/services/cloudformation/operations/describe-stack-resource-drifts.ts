import { listIn, type QueryOperation } from '../../../gateway/query-protocol.ts';
import { listed, requireParameter } from '../input.ts';
import type { CloudFormationParts, Stack } from '../parts.ts';
import { requireStack, stackPermission } from '../stack.ts';

/** DescribeStackResourceDrifts: what the last look at drift found. Source: CloudFormation API reference. */
export function describeStackResourceDrifts(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'DescribeStackResourceDrifts',
    needs: (input) => [
      stackPermission('DescribeStackResourceDrifts', requireParameter(input, 'StackName'), parts),
    ],
    answer(input) {
      const stack = requireStack(requireParameter(input, 'StackName'), parts);
      const wanted = listIn(input, 'StackResourceDriftStatusFilters');
      const items = driftsOf(stack).filter(
        ({ StackResourceDriftStatus: status }) => wanted.length === 0 || wanted.includes(status),
      );
      const size = Number(input.get('MaxResults') ?? 100);
      return listed(input, {
        name: 'StackResourceDrifts',
        of: `${stack.id} ${wanted.join(' ')}`,
        items,
        size,
      });
    },
  };
}

/** Every resource that was looked at; nothing, where nobody has looked. */
function driftsOf({ id, drift, resources }: Stack) {
  if (!drift) return [];
  return resources.map(({ logicalId, type, physicalId }) => {
    const drifted = drift.resources.find((one) => one.logicalId === logicalId);
    return {
      StackId: id,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      StackResourceDriftStatus: drifted?.status ?? 'IN_SYNC',
      Timestamp: new Date(drift.lookedAtMs).toISOString(),
      PropertyDifferences: {
        member: (drifted?.differences ?? []).map(({ path, expected, actual, kind }) => ({
          PropertyPath: path,
          ExpectedValue: expected,
          ActualValue: actual,
          DifferenceType: kind,
        })),
      },
    };
  });
}
