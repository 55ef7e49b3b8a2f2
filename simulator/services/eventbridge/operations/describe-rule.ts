import type { JsonOperation } from '../../../gateway/protocols.ts';
import { described, onRule, requireRule } from '../input.ts';
import type { EventBridgeParts } from '../parts.ts';

/** DescribeRule. Source: EventBridge API reference. */
export function describeRule(parts: EventBridgeParts): JsonOperation {
  return {
    name: 'DescribeRule',
    needs: onRule('DescribeRule', 'Name', parts),
    answer: (input) => ({
      ...described(requireRule(input, 'Name', parts), parts),
      CreatedBy: parts.account.id,
    }),
  };
}
