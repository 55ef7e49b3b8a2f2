import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeliveryMode } from '../../src/domain/delivery-mode.ts';
import { METRICS } from './functions.ts';
import type { Queues } from './queues.ts';

const MODES: Readonly<Record<DeliveryMode, string>> = {
  guided_task: 'guided tasks',
  task: 'tasks',
  email: 'emails',
};
const PERIOD = Duration.hours(1);
const HALF = 12;
const WHOLE = 24;
const HEIGHT = 7;

/** What an administrator wants to see of a day, on one page. Call it last: it shows the alarms that are there. */
export function dashboard(scope: Construct, { queues }: { readonly queues: Queues }): void {
  const stack = Stack.of(scope);
  const alarms = stack.node.findAll().filter((construct) => construct instanceof Alarm);
  const ended = {
    Blank: 'VoicemailsBlank',
    Unrecordable: 'VoicemailsUnrecordable',
    Parked: 'VoicemailsParked',
  };

  new Dashboard(stack, 'dashboard', {
    dashboardName: stack.stackName,
    defaultInterval: Duration.days(1),
    widgets: [
      [
        new SingleValueWidget({
          title: 'Voicemails',
          width: WHOLE,
          height: 4,
          setPeriodToTimeRange: true,
          metrics: [
            counted('VoicemailsReceived', 'Received'),
            ...Object.entries(MODES).map(([mode, words]) =>
              counted('VoicemailsDelivered', `Delivered as ${words}`, { mode }),
            ),
            ...Object.entries(ended).map(([label, metricName]) => counted(metricName, label)),
          ],
        }),
      ],
      [
        graph('From hang-up to delivery', ['p50', 'p95'].map(timeToDelivery)),
        graph('Received and delivered', [
          counted('VoicemailsReceived', 'Received'),
          counted('VoicemailsDelivered', 'Delivered'),
        ]),
      ],
      [
        graph('Messages that wait', eachQueue(queues, waiting)),
        graph('Age of the oldest message', eachQueue(queues, oldest)),
      ],
      [new AlarmStatusWidget({ title: 'Alarms', width: WHOLE, height: HEIGHT, alarms })],
    ],
  });
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: HALF, height: HEIGHT });
}

function counted(metricName: string, label: string, dimensions: Record<string, string> = {}): Metric {
  const dimensionsMap = { service: METRICS.service, ...dimensions };
  return new Metric({
    namespace: METRICS.namespace,
    metricName,
    label,
    dimensionsMap,
    statistic: 'Sum',
    period: PERIOD,
  });
}

function timeToDelivery(statistic: string): Metric {
  return counted('TimeToDelivery', statistic).with({ statistic });
}

function eachQueue(queues: Queues, metricOf: (queue: Queue, label: string) => Metric): Metric[] {
  return [...queues.work.values(), queues.parkedRecords].map((one) => metricOf(one.queue, one.node.id));
}

const period = Duration.minutes(5);
const waiting = (queue: Queue, label: string) =>
  queue.metricApproximateNumberOfMessagesVisible({ label, period });
const oldest = (queue: Queue, label: string) => queue.metricApproximateAgeOfOldestMessage({ label, period });
