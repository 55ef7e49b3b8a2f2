import type { JsonOperation } from '../../../gateway/protocols.ts';
import { findText, pageIn, requireBus, requireText, sortedRules } from '../input.ts';
import type { EventBridgeParts } from '../parts.ts';

/** ListRuleNamesByTarget: none for a target that no rule has. Source: EventBridge API reference. */
export function listRuleNamesByTarget(parts: EventBridgeParts): JsonOperation {
  return {
    name: 'ListRuleNamesByTarget',
    needs: () => [{ action: 'events:ListRuleNamesByTarget', resource: '*' }],
    answer(input) {
      requireBus(findText(input, 'EventBusName'), parts.account);
      const target = requireText(input, 'TargetArn');
      const names = sortedRules(parts)
        .filter(({ shownTargets = [] }) => shownTargets.some(({ Arn }) => Arn === target))
        .map(({ name }) => name);
      const { items, told } = pageIn(names, input, `rules of ${target}`);
      return { RuleNames: items, ...told };
    },
  };
}
