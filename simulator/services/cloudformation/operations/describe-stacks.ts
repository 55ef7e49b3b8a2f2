import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { listed } from '../input.ts';
import type { CloudFormationParts, Stack } from '../parts.ts';
import { driftInformation, isDeleted, requireStack, stackPermission } from '../stack.ts';

/** DescribeStacks: one stack by name or id, or all that are not deleted. Source: CloudFormation API reference. */
export function describeStacks(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'DescribeStacks',
    needs: (input) => [stackPermission('DescribeStacks', input.get('StackName'), parts)],
    answer(input) {
      const wanted = input.get('StackName');
      const items =
        wanted === null ? parts.stacks().filter((stack) => !isDeleted(stack)) : [requireStack(wanted, parts)];
      return listed(input, { name: 'Stacks', of: 'stacks', items: items.map(described) });
    },
  };
}

function described(stack: Stack) {
  const { id, name, description, createdAtMs, status, statusReason, outputs } = stack;
  return {
    StackId: id,
    StackName: name,
    ...(description !== undefined && { Description: description }),
    CreationTime: new Date(createdAtMs).toISOString(),
    StackStatus: status,
    ...(statusReason !== undefined && { StackStatusReason: statusReason }),
    Outputs: {
      member: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    },
    DriftInformation: driftInformation(stack),
  };
}
