import type { JsonOperation } from '../../../gateway/protocols.ts';
import { busArn, findText, requireBus } from '../input.ts';
import type { EventBridgeParts } from '../parts.ts';
import { shownBus } from '../shown-bus.ts';

/** DescribeEventBus, by name or ARN; the default one if none is named. Source: EventBridge API reference. */
export function describeEventBus(parts: EventBridgeParts): JsonOperation {
  return {
    name: 'DescribeEventBus',
    needs(input) {
      const { account } = parts;
      const name = findText(input, 'Name') ?? 'default';
      const named = name.startsWith('arn:') ? name : busArn(account).replace(/[^/]*$/, name);
      return [{ action: 'events:DescribeEventBus', resource: named }];
    },
    answer(input) {
      requireBus(findText(input, 'Name'), parts.account);
      return shownBus(parts);
    },
  };
}
