import type { JsonOperation } from '../../gateway/protocols.ts';
import { putEvents } from './operations/put-events.ts';
import type { EventBridgeParts } from './parts.ts';

/** Everything that can be asked of EventBridge over the wire. */
export function eventBridgeOperations(parts: EventBridgeParts): readonly JsonOperation[] {
  return [putEvents(parts)];
}
