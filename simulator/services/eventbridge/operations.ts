import type { JsonOperation } from '../../gateway/protocols.ts';
import { describeEventBus } from './operations/describe-event-bus.ts';
import { describeRule } from './operations/describe-rule.ts';
import { listEventBuses } from './operations/list-event-buses.ts';
import { listRuleNamesByTarget } from './operations/list-rule-names-by-target.ts';
import { listRules } from './operations/list-rules.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { listTargetsByRule } from './operations/list-targets-by-rule.ts';
import { putEvents } from './operations/put-events.ts';
import { testEventPattern } from './operations/test-event-pattern.ts';
import type { EventBridgeParts } from './parts.ts';

/** Everything that can be asked of EventBridge over the wire. */
export function eventBridgeOperations(parts: EventBridgeParts): readonly JsonOperation[] {
  return [
    describeEventBus(parts),
    describeRule(parts),
    listEventBuses(parts),
    listRuleNamesByTarget(parts),
    listRules(parts),
    listTagsForResource(parts),
    listTargetsByRule(parts),
    putEvents(parts),
    testEventPattern(parts),
  ];
}
