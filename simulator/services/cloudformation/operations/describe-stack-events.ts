import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { describedEvent } from '../describe-event.ts';
import { listed, requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { requireStack, stackPermission } from '../stack.ts';

/** DescribeStackEvents: the newest first. Those of stacks of others are not known. Source: CloudFormation API reference. */
export function describeStackEvents(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'DescribeStackEvents',
    needs: (input) => [stackPermission('DescribeStackEvents', requireParameter(input, 'StackName'), parts)],
    answer(input) {
      const stack = requireStack(requireParameter(input, 'StackName'), parts);
      const events = stack.record?.events ?? [];
      const items = events.toReversed().map((event) => describedEvent(event, stack));
      return listed(input, { name: 'StackEvents', of: stack.id, items });
    },
  };
}
