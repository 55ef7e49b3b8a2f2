import type { Account } from '../../account.ts';
import { jsonService } from '../../gateway/protocols.ts';
import { withCbor } from '../../gateway/rpc-cbor.ts';
import type { Happenings } from '../../happenings.ts';
import type { Clock } from '../../clock.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Service } from '../../service.ts';
import type { SimulatedLambda } from '../lambda/lambda.ts';
import type { SimulatedSqs } from '../sqs/sqs.ts';
import type { AlarmSettings, CompositeSettings } from './alarm.ts';
import { type AlarmBoard, createAlarmBoard } from './alarm-board.ts';
import { createMetricStore, type Datum, type MetricName } from './metric-store.ts';
import { cloudwatchOperations } from './operations.ts';
import type { CloudwatchParts, Dashboard } from './parts.ts';
import { queueMetrics, reportedMetrics } from './reported-metrics.ts';

export interface SimulatedCloudwatch {
  readonly service: Service;
  readonly put: (datum: Datum) => void;
  /** Every metric that has had a value so far. */
  readonly metrics: () => readonly MetricName[];
  readonly addAlarm: (alarm: AlarmSettings) => void;
  readonly addCompositeAlarm: (alarm: CompositeSettings) => void;
  /** An alarm of either kind. */
  readonly removeAlarm: (name: string) => void;
  /** Metric alarms by name. */
  readonly alarms: AlarmBoard['alarms'];
  /** `body`: the JSON that CloudWatch takes. */
  readonly addDashboard: (name: string, body: string) => void;
  readonly removeDashboard: (name: string) => void;
  readonly dashboards: () => ReadonlyMap<string, Dashboard>;
}

const MINUTE_MS = 60_000;
const SERVICE_NAME = 'GraniteServiceVersion20100801';

/**
 * Amazon CloudWatch: metrics and the alarms on them.
 *
 * It reads what functions write in the embedded metric format, and what Lambda, Connect and SQS report:
 * `Errors`, `Invocations`, `Throttles` and `Duration`; `CallsPerInterval`; the age of the oldest message and
 * how many there are, once a minute. Streams and their readers put their own metrics. Alarms are evaluated
 * every minute of the clock, and each change is a happening. Over the wire all of it is read, an alarm's state can be
 * set, and whether it tells anybody.
 *
 * Not simulated: an alarm that treats missing data as breaching waits for one period here, but on AWS it can
 * go off for a few minutes after it is made; metrics put over the API, percentiles, anomaly detection, the
 * minutes by which metrics are late, and a queue that stops reporting after hours without use.
 */
export function createCloudwatch({
  clock,
  happenings,
  instanceId,
  lambda,
  sqs,
  account = LAPTOP_ACCOUNT,
}: {
  clock: Clock;
  happenings: Happenings;
  /** The id of the Amazon Connect instance whose calls are counted. */
  instanceId: string;
  lambda: Pick<SimulatedLambda, 'nameOf'>;
  sqs: Pick<SimulatedSqs, 'queueArns' | 'depth' | 'oldestAgeMs'>;
  account?: Account;
}): SimulatedCloudwatch {
  const store = createMetricStore();
  const board = createAlarmBoard({ clock, happenings, store });
  const dashboards = new Map<string, Dashboard>();

  happenings.listen((happening) => {
    for (const datum of reportedMetrics(happening, { instanceId, nameOf: lambda.nameOf })) store.put(datum);
  });

  function everyMinute(): void {
    const minuteMs = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
    for (const datum of queueMetrics(sqs, minuteMs - 1)) store.put(datum);
    board.look(minuteMs);
    plan();
  }

  function plan(): void {
    clock.after(MINUTE_MS - (clock.now() % MINUTE_MS), everyMinute, { background: true });
  }

  plan();
  return {
    service: serviceOf({ account, clock, board, store, dashboards: () => dashboards }),
    put: store.put,
    metrics: store.metrics,
    addAlarm: board.add,
    addCompositeAlarm: board.addComposite,
    removeAlarm: board.remove,
    alarms: board.alarms,
    addDashboard: (name, body) => void dashboards.set(name, { body, changedMs: clock.now() }),
    removeDashboard: (name) => void dashboards.delete(name),
    dashboards: () => dashboards,
  };
}

/** It answers in JSON and in CBOR: SDKs differ in what they prefer. */
function serviceOf(parts: CloudwatchParts): Service {
  const operations = cloudwatchOperations(parts);
  const service = jsonService({ name: 'monitoring', targetPrefix: SERVICE_NAME, version: '1.0', operations });
  return withCbor(service, { serviceName: SERVICE_NAME, operations });
}
