import type { AlarmState, Happenings } from '../../happenings.ts';
import type { Clock } from '../../clock.ts';
import type { SimulatedLambda } from '../lambda/lambda.ts';
import type { SimulatedSqs } from '../sqs/sqs.ts';
import { type AlarmSettings, stateOf } from './alarm.ts';
import { createMetricStore, type Datum, type MetricName } from './metric-store.ts';
import { queueMetrics, reportedMetrics } from './reported-metrics.ts';

export interface SimulatedCloudwatch {
  readonly put: (datum: Datum) => void;
  /** Every metric that has had a value so far. */
  readonly metrics: () => readonly MetricName[];
  readonly addAlarm: (alarm: AlarmSettings) => void;
  /** By name. */
  readonly alarms: () => ReadonlyMap<
    string,
    { readonly settings: AlarmSettings; readonly state: AlarmState }
  >;
  /** `body`: the JSON that CloudWatch takes. */
  readonly addDashboard: (name: string, body: string) => void;
  readonly dashboards: () => ReadonlyMap<string, string>;
}

const MINUTE_MS = 60_000;

/**
 * Amazon CloudWatch: metrics and the alarms on them.
 *
 * It reads what functions write in the embedded metric format, and what Lambda, Connect and SQS report:
 * `Errors`, `Invocations`, `Throttles` and `Duration`; `CallsPerInterval`; the age of the oldest message and
 * how many there are, once a minute. Streams and their readers put their own metrics. Alarms are evaluated
 * every minute of the clock, and each change is a happening.
 *
 * Not simulated: an alarm that treats missing data as breaching waits for one period here, but on AWS it can
 * go off for a few minutes after it is made; the API, percentiles, anomaly detection, the minutes by which
 * metrics are late, and a queue that stops reporting after hours without use.
 */
export function createCloudwatch({
  clock,
  happenings,
  instanceId,
  lambda,
  sqs,
}: {
  clock: Clock;
  happenings: Happenings;
  /** The id of the Amazon Connect instance whose calls are counted. */
  instanceId: string;
  lambda: Pick<SimulatedLambda, 'nameOf'>;
  sqs: Pick<SimulatedSqs, 'queueArns' | 'depth' | 'oldestAgeMs'>;
}): SimulatedCloudwatch {
  const store = createMetricStore();
  const alarms = new Map<
    string,
    { readonly settings: AlarmSettings; readonly looksFromMs: number; state: AlarmState }
  >();
  const dashboards = new Map<string, string>();

  happenings.listen((happening) => {
    for (const datum of reportedMetrics(happening, { instanceId, nameOf: lambda.nameOf })) store.put(datum);
  });

  function lookAtAlarms(nowMs: number): void {
    for (const alarm of alarms.values()) {
      if (nowMs < alarm.looksFromMs) continue;
      const state = stateOf(alarm.settings, store, nowMs);
      if (state === alarm.state) continue;
      const before = alarm.state;
      alarm.state = state;
      happenings.tell({ kind: 'alarm', atMs: clock.now(), name: alarm.settings.name, state, before });
    }
  }

  function everyMinute(): void {
    const minuteMs = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
    for (const datum of queueMetrics(sqs, minuteMs - 1)) store.put(datum);
    lookAtAlarms(minuteMs);
    plan();
  }

  function plan(): void {
    clock.after(MINUTE_MS - (clock.now() % MINUTE_MS), everyMinute, { background: true });
  }

  plan();
  return {
    put: store.put,
    metrics: store.metrics,
    addAlarm(settings) {
      const looksFromMs =
        settings.treatMissingData === 'breaching' ? clock.now() + longestPeriodMs(settings) : 0;
      alarms.set(settings.name, { settings, looksFromMs, state: 'INSUFFICIENT_DATA' });
    },
    alarms: () => alarms,
    addDashboard: (name, body) => void dashboards.set(name, body),
    dashboards: () => dashboards,
  };
}

function longestPeriodMs({ metrics }: AlarmSettings): number {
  return Math.max(...metrics.map(({ periodSeconds }) => periodSeconds * 1000));
}
