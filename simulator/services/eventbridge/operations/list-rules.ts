import type { JsonOperation } from '../../../gateway/protocols.ts';
import { described, findText, pageIn, requireBus, sortedRules } from '../input.ts';
import type { EventBridgeParts } from '../parts.ts';

/** ListRules, also by the beginning of their names. Source: EventBridge API reference. */
export function listRules(parts: EventBridgeParts): JsonOperation {
  return {
    name: 'ListRules',
    needs: () => [{ action: 'events:ListRules', resource: '*' }],
    answer(input) {
      requireBus(findText(input, 'EventBusName'), parts.account);
      const prefix = findText(input, 'NamePrefix') ?? '';
      const found = sortedRules(parts).filter(({ name }) => name.startsWith(prefix));
      const { items, told } = pageIn(found, input, `rules ${prefix}`);
      return { Rules: items.map((rule) => described(rule, parts)), ...told };
    },
  };
}
