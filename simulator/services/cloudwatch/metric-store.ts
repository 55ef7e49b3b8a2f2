/** Names a metric: two metrics with the same name and different dimensions are different metrics. */
export interface MetricName {
  /** `AWS/SQS` */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface Datum extends MetricName {
  readonly value: number;
  readonly atMs: number;
}

/** CloudWatch's statistics of the values in some stretch of time. */
export interface Statistics {
  readonly Sum: number;
  readonly Minimum: number;
  readonly Maximum: number;
  readonly SampleCount: number;
  readonly Average: number;
}

export const STATISTICS = [
  'Average',
  'Maximum',
  'Minimum',
  'SampleCount',
  'Sum',
] as const satisfies (keyof Statistics)[];

export interface MetricStore {
  readonly put: (datum: Datum) => void;
  /** The statistics of the whole minutes from `fromMs` to before `toMs`; undefined if no value was put. */
  readonly statistics: (metric: MetricName, fromMs: number, toMs: number) => Statistics | undefined;
  /** Every metric that ever got a value. */
  readonly metrics: () => readonly MetricName[];
  /** The start of the minute of its last value; -Infinity if it has none. */
  readonly lastMs: (metric: MetricName) => number;
}

interface Minute {
  sum: number;
  minimum: number;
  maximum: number;
  count: number;
}

const MINUTE_MS = 60_000;
/**
 * The longest stretch that an alarm can evaluate. Source: CloudWatch API, PutMetricAlarm, EvaluationPeriods.
 */
const KEPT_MS = 86_400_000;

/** Values by metric and minute, of the last day. */
export function createMetricStore(): MetricStore {
  /** The minutes by when they start. */
  const kept = new Map<string, { readonly metric: MetricName; readonly minutes: Map<number, Minute> }>();

  return {
    metrics: () => [...kept.values()].map(({ metric }) => metric),
    lastMs: (metric) => Math.max(...(kept.get(keyOf(metric))?.minutes.keys() ?? [])),
    put({ value, atMs, namespace, name, dimensions }) {
      const metric = { namespace, name, dimensions };
      const key = keyOf(metric);
      const { minutes } = kept.get(key) ?? { minutes: new Map<number, Minute>() };
      kept.set(key, { metric, minutes });
      const startMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
      const minute = minutes.get(startMs) ?? newMinute();
      minutes.set(startMs, minute);
      minute.sum += value;
      minute.minimum = Math.min(minute.minimum, value);
      minute.maximum = Math.max(minute.maximum, value);
      minute.count += 1;
      // The minute that was put first is the oldest, or soon will be.
      for (const oldMs of minutes.keys()) {
        if (oldMs >= startMs - KEPT_MS) break;
        minutes.delete(oldMs);
      }
    },
    statistics(metric, fromMs, toMs) {
      const known = kept.get(keyOf(metric))?.minutes;
      if (!known) return undefined;
      const minutes = minutesBetween(fromMs, toMs).flatMap((startMs) => known.get(startMs) ?? []);
      if (minutes.length === 0) return undefined;
      const Sum = minutes.reduce((sum, one) => sum + one.sum, 0);
      const SampleCount = minutes.reduce((sum, one) => sum + one.count, 0);
      return {
        Sum,
        SampleCount,
        Average: Sum / SampleCount,
        Minimum: Math.min(...minutes.map(({ minimum }) => minimum)),
        Maximum: Math.max(...minutes.map(({ maximum }) => maximum)),
      };
    },
  };
}

function newMinute(): Minute {
  return { sum: 0, minimum: Infinity, maximum: -Infinity, count: 0 };
}

function minutesBetween(fromMs: number, toMs: number): number[] {
  const starts: number[] = [];
  const firstMs = Math.ceil(fromMs / MINUTE_MS) * MINUTE_MS;
  for (let startMs = firstMs; startMs < toMs; startMs += MINUTE_MS) starts.push(startMs);
  return starts;
}

function keyOf({ namespace, name, dimensions }: MetricName): string {
  const pairs = Object.entries(dimensions).map((pair) => JSON.stringify(pair));
  return JSON.stringify([namespace, name, ...pairs.toSorted()]);
}
