import { matches } from '../../../event-pattern/event-pattern.ts';
import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { invalidParameter, requireText } from '../input.ts';
import type { EventBridgeParts } from '../parts.ts';

/** What an event must have. Source: EventBridge API reference, TestEventPattern. */
const NEEDED = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

/** TestEventPattern: whether a pattern matches an event, which goes nowhere. */
export function testEventPattern(_parts: EventBridgeParts): JsonOperation {
  return {
    name: 'TestEventPattern',
    needs: () => [{ action: 'events:TestEventPattern', resource: '*' }],
    answer(input) {
      const pattern = jsonIn(input, 'EventPattern');
      if (!pattern) {
        throw new AwsError(
          'InvalidEventPatternException',
          400,
          'Event pattern is not valid. Reason: not JSON',
        );
      }
      const event = jsonIn(input, 'Event');
      if (!event || NEEDED.some((name) => event[name] === undefined)) throw invalidParameter('Event');
      return { Result: matches(pattern, event) };
    },
  };
}

/** Undefined: it is no JSON object. */
function jsonIn(input: JsonObject, name: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(requireText(input, name));
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
