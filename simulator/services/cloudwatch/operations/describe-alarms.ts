import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { describeComposite, describeMetricAlarm } from '../describe-alarm.ts';
import { alarmArn, pageOf, parsed } from '../input.ts';
import type { CloudwatchParts } from '../parts.ts';

const MOST_RECORDS = 100;

const Input = z.strictObject({
  AlarmNames: z.array(z.string()).max(MOST_RECORDS).optional(),
  AlarmNamePrefix: z.string().min(1).optional(),
  AlarmTypes: z.array(z.enum(['MetricAlarm', 'CompositeAlarm'])).default(['MetricAlarm']),
  StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).optional(),
  ActionPrefix: z.string().min(1).optional(),
  MaxRecords: z.int().min(1).max(MOST_RECORDS).default(50),
  NextToken: z.string().optional(),
});

/**
 * Alarms by name, by what their name begins with, by state or by action. Without AlarmTypes only
 * metric alarms are answered, as on AWS.
 *
 * Not simulated: who is whose parent among composite alarms.
 */
export function describeAlarms({ account, board }: CloudwatchParts): JsonOperation {
  return {
    name: 'DescribeAlarms',
    needs: () => [{ action: 'cloudwatch:DescribeAlarms', resource: alarmArn('*', account) }],
    answer(input) {
      const { AlarmTypes: types, NextToken: token, MaxRecords: size, ...filter } = parsed(Input, input);
      const found = [
        ...(types.includes('CompositeAlarm')
          ? board.composites().map((one) => ({
              kind: 'composite' as const,
              ...describeComposite(one, account),
            }))
          : []),
        ...(types.includes('MetricAlarm')
          ? [...board.alarms().values()].map((one) => ({
              kind: 'metric' as const,
              ...describeMetricAlarm(one, account),
            }))
          : []),
      ].filter((one) => isMeant(one, filter));
      const of = `alarms ${JSON.stringify([types, filter])}`;
      const { items: page, rest } = pageOf(found, { of, token, size });
      return {
        CompositeAlarms: page.flatMap(({ kind, ...alarm }) => (kind === 'composite' ? alarm : [])),
        MetricAlarms: page.flatMap(({ kind, ...alarm }) => (kind === 'metric' ? alarm : [])),
        ...rest,
      };
    },
  };
}

type Filter = Omit<z.infer<typeof Input>, 'AlarmTypes' | 'NextToken' | 'MaxRecords'>;

function isMeant(
  {
    AlarmName: name,
    StateValue: state,
    AlarmActions: actions,
  }: Pick<ReturnType<typeof describeComposite>, 'AlarmName' | 'StateValue' | 'AlarmActions'>,
  { AlarmNames, AlarmNamePrefix = '', StateValue = state, ActionPrefix }: Filter,
): boolean {
  return (
    (AlarmNames?.includes(name) ?? true) &&
    name.startsWith(AlarmNamePrefix) &&
    state === StateValue &&
    (ActionPrefix === undefined || actions.some((action) => action.startsWith(ActionPrefix)))
  );
}
