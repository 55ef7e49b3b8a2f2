import type { AlarmState } from '../../happenings.ts';
import type { AlarmRule } from './alarm-rule.ts';
import type { MetricMath } from './metric-math.ts';
import type { MetricName, MetricStore, Statistics } from './metric-store.ts';

/** What every alarm says of itself, and whom it tells. */
export interface AlarmTexts {
  readonly name: string;
  readonly description?: string | undefined;
  /** ARNs of topics and the like, by the state that the alarm comes into. */
  readonly alarmActions?: readonly string[];
  readonly okActions?: readonly string[];
  readonly insufficientDataActions?: readonly string[];
  /** Absent: true. */
  readonly actionsEnabled?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** An alarm on other alarms. */
export interface CompositeSettings extends AlarmTexts {
  readonly rule: AlarmRule;
  /** The rule as it was written. */
  readonly ruleText: string;
}

/** A metric alarm, with AWS's names where possible. */
export interface AlarmSettings extends AlarmTexts {
  /** The metrics. Several have ids and `math`, which makes one value of them. */
  readonly metrics: readonly (MetricName & {
    readonly id?: string;
    readonly statistic: keyof Statistics;
    readonly periodSeconds: number;
  })[];
  /** Absent: the first metric is the alarm's. */
  readonly math?: MetricMath;
  /** `math` as it was written. */
  readonly expression?: { readonly id: string; readonly text: string };
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: Comparison;
  readonly treatMissingData: 'breaching' | 'notBreaching' | 'missing';
}

type Comparison = keyof typeof COMPARISONS;

export const COMPARISONS = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
};

/**
 * The alarm's state at the end of a minute. Its periods reach back from there: CloudWatch evaluates every
 * minute, however long a period is.
 *
 * Source: Amazon CloudWatch User Guide, "Evaluating an alarm".
 */
export function stateOf(alarm: AlarmSettings, store: MetricStore, nowMs: number): AlarmState {
  const points = Array.from({ length: alarm.evaluationPeriods }, (_, index) =>
    dataPoint(alarm, store, nowMs, index),
  );
  const isBad = (point: number | undefined) =>
    point === undefined
      ? alarm.treatMissingData === 'breaching'
      : COMPARISONS[alarm.comparison](point, alarm.threshold);
  if (points.filter(isBad).length >= alarm.datapointsToAlarm) return 'ALARM';
  const isUnknown = alarm.treatMissingData === 'missing' && points.every((point) => point === undefined);
  return isUnknown ? 'INSUFFICIENT_DATA' : 'OK';
}

/** `periodsAgo`: 0 for the period that ends now. */
function dataPoint(
  { metrics, math }: AlarmSettings,
  store: MetricStore,
  nowMs: number,
  periodsAgo: number,
): number | undefined {
  const values = metrics.map(({ id = '', statistic, periodSeconds, ...metric }) => {
    const periodMs = periodSeconds * 1000;
    const endMs = nowMs - periodsAgo * periodMs;
    return [id, store.statistics(metric, endMs - periodMs, endMs)?.[statistic]] as const;
  });
  return math ? math(new Map(values)) : values[0]?.[1];
}
