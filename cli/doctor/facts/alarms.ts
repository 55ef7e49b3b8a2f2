import {
  CloudWatchClient,
  type CompositeAlarm,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { fact } from '../look.ts';
import { stack } from './stack.ts';

export interface Alarm {
  /** Without the name of the stack: `sweep is failing`. */
  readonly title: string;
  /** What the alarm says of who suffers, without its title. */
  readonly impact: string;
  /** `OK`, `ALARM`, `INSUFFICIENT_DATA` */
  readonly state: string;
  /** Since when it is in that state. */
  readonly sinceMs: number | undefined;
  /** ARNs of topics and the like. */
  readonly actions: readonly string[];
  readonly isMuted: boolean;
}

/** The alarms of the stack, and what others have made whose names begin alike. None: there is no stack. */
export const alarms = fact(async (look): Promise<readonly Alarm[]> => {
  if ((await stack(look)) === undefined) return [];
  const client = look.client(CloudWatchClient);
  const prefix = `${look.stackName}: `;
  return look.ask('cloudwatch:DescribeAlarms', async () => {
    const found: Alarm[] = [];
    const pages = paginateDescribeAlarms(
      { client, pageSize: 100 },
      { AlarmNamePrefix: prefix, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
    );
    for await (const page of pages) {
      const all = [...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? [])];
      found.push(...all.map((one) => alarmOf(one, prefix)));
    }
    return found;
  });
});

function alarmOf(alarm: MetricAlarm | CompositeAlarm, prefix: string): Alarm {
  const { AlarmName = '', AlarmDescription = '', StateValue = 'unknown', AlarmActions = [] } = alarm;
  const title = AlarmName.slice(prefix.length);
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    title,
    impact: AlarmDescription.startsWith(`${title}. `)
      ? AlarmDescription.slice(title.length + 2)
      : AlarmDescription,
    state: StateValue,
    sinceMs: since?.getTime(),
    actions: AlarmActions,
    isMuted: alarm.ActionsEnabled === false,
  };
}
