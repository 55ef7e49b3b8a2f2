import type { JsonOperation } from '../../../gateway/protocols.ts';
import { onRule, pageIn, requireRule } from '../input.ts';
import type { EventBridgeParts } from '../parts.ts';

/** ListTargetsByRule. Source: EventBridge API reference. */
export function listTargetsByRule(parts: EventBridgeParts): JsonOperation {
  return {
    name: 'ListTargetsByRule',
    needs: onRule('ListTargetsByRule', 'Rule', parts),
    answer(input) {
      const { name, shownTargets = [] } = requireRule(input, 'Rule', parts);
      const { items, told } = pageIn(shownTargets, input, `targets ${name}`);
      return { Targets: items, ...told };
    },
  };
}
