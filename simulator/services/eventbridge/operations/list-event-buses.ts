import type { JsonOperation } from '../../../gateway/protocols.ts';
import { findText, pageIn } from '../input.ts';
import type { EventBridgeParts } from '../parts.ts';
import { shownBus } from '../shown-bus.ts';

/** ListEventBuses: the default one. Source: EventBridge API reference. */
export function listEventBuses(parts: EventBridgeParts): JsonOperation {
  return {
    name: 'ListEventBuses',
    needs: () => [{ action: 'events:ListEventBuses', resource: '*' }],
    answer(input) {
      const prefix = findText(input, 'NamePrefix') ?? '';
      const found = [shownBus(parts)].filter(({ Name }) => Name.startsWith(prefix));
      const { items, told } = pageIn(found, input, `buses ${prefix}`);
      return { EventBuses: items, ...told };
    },
  };
}
