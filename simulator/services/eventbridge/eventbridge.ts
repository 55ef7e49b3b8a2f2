import { randomUUID } from 'node:crypto';
import type { Account } from '../../account.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Clock } from '../../clock.ts';
import type { Disorder } from '../../faults/disorder.ts';
import { compileEventPattern } from '../../event-pattern/event-pattern.ts';
import { jsonService } from '../../gateway/protocols.ts';
import type { Happenings } from '../../happenings.ts';
import type { Service } from '../../service.ts';
import { createDeliveries } from './deliver-event.ts';
import { type EventBridgeEvent, eventTime } from './event.ts';
import { ruleNotFound } from './input.ts';
import { eventBridgeOperations } from './operations.ts';
import type { EventRule } from './rule.ts';
import { schedulePeriodMs } from './schedule.ts';

export interface SimulatedEventBridge {
  readonly service: Service;
  /**
   * Throws AwsError InvalidEventPatternException or ValidationException if AWS refuses the rule, and an
   * Error for a name that is taken or a schedule by `cron`.
   */
  readonly addRule: (rule: EventRule) => void;
  /** Does nothing if there is no such rule. */
  readonly removeRule: (name: string) => void;
  /** Disables a rule, as in the console. Throws AwsError ResourceNotFoundException. */
  readonly disableRule: (name: string) => void;
  /** Sends an event to the default bus. Targets see it in a later turn. */
  readonly put: (event: EventBridgeEvent) => void;
}

export interface EventBridgeOptions {
  readonly clock: Clock;
  readonly happenings: Happenings;
  /** From the bus to a target; AWS needs about half a second. */
  readonly delayMs?: number;
  readonly account?: Account;
  /** Absent: each event is delivered once, in time. */
  readonly disorder?: Disorder;
}

/**
 * Amazon EventBridge: one bus, rules with patterns and schedules, targets that are retried for a day.
 *
 * Not simulated: further buses (an event for one is accepted and matches no rule, as on AWS if the bus does
 * not exist), cron schedules, EventBridge Scheduler, input transformers, archives, dead-letter queues of
 * targets, and making or changing anything but events through the API: rules come from the template.
 */
export function createEventBridge({
  clock,
  happenings,
  delayMs = 0,
  account = LAPTOP_ACCOUNT,
  disorder,
}: EventBridgeOptions): SimulatedEventBridge {
  const deliver = createDeliveries({ clock, happenings, delayMs, ...(disorder && { disorder }) });
  const rules = new Map<string, EventRule>();
  const disabled = new Set<string>();
  let patternRules: { rule: EventRule; matches: (event: unknown) => boolean }[] = [];

  function send({ name, targets }: EventRule, event: EventBridgeEvent): void {
    if (disabled.has(name)) return;
    for (const target of targets) deliver({ ruleName: name, target, event });
  }

  /** Fast time does not jump for a schedule, but the schedule ticks when time moves on. */
  function tickEvery(periodMs: number, rule: EventRule): void {
    clock.after(
      periodMs,
      () => {
        if (rules.get(rule.name) !== rule) return;
        tickEvery(periodMs, rule);
        send(rule, scheduledEvent(rule.name, { account, nowMs: clock.now() }));
      },
      { background: true },
    );
  }

  function put(event: EventBridgeEvent): void {
    for (const { rule, matches } of patternRules) if (matches(event)) send(rule, event);
  }

  return {
    put,
    addRule(rule) {
      const { name, eventPattern, scheduleExpression, enabled } = rule;
      if (rules.has(name)) throw new Error(`There is already a rule ${name}`);
      if (eventPattern === undefined && scheduleExpression === undefined) {
        throw new Error(`Rule ${name} has neither an event pattern nor a schedule`);
      }
      const matches = eventPattern === undefined ? undefined : compileEventPattern(eventPattern);
      const periodMs = scheduleExpression === undefined ? undefined : schedulePeriodMs(scheduleExpression);

      rules.set(name, rule);
      if (!enabled) return;
      if (matches) patternRules.push({ rule, matches });
      if (periodMs !== undefined) tickEvery(periodMs, rule);
    },
    removeRule(name) {
      rules.delete(name);
      disabled.delete(name);
      patternRules = patternRules.filter(({ rule }) => rule.name !== name);
    },
    disableRule(name) {
      if (!rules.has(name)) {
        throw ruleNotFound(name);
      }
      disabled.add(name);
    },
    service: jsonService({
      name: 'events',
      targetPrefix: 'AWSEvents',
      version: '1.1',
      operations: eventBridgeOperations({
        put,
        now: clock.now,
        account,
        startedMs: clock.now(),
        rules,
        isOn: ({ name, enabled }) => enabled && !disabled.has(name),
      }),
    }),
  };
}

function scheduledEvent(
  ruleName: string,
  { account, nowMs }: { account: Account; nowMs: number },
): EventBridgeEvent {
  const { id, region, partition } = account;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: id,
    time: eventTime(nowMs),
    region,
    resources: [`arn:${partition}:events:${region}:${id}:rule/${ruleName}`],
    detail: {},
  };
}
