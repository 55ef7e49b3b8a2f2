import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { alarmArn, pageOf, parsed } from '../input.ts';
import type { CloudwatchParts } from '../parts.ts';

const Input = z.strictObject({
  AlarmName: z.string().min(1).optional(),
  AlarmTypes: z.array(z.enum(['MetricAlarm', 'CompositeAlarm'])).default(['MetricAlarm']),
  HistoryItemType: z
    .enum([
      'ConfigurationUpdate',
      'StateUpdate',
      'Action',
      'AlarmContributorStateUpdate',
      'AlarmContributorAction',
    ])
    .optional(),
  StartDate: z.number().default(-Infinity),
  EndDate: z.number().default(Infinity),
  MaxRecords: z.int().min(1).max(100).default(100),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
  NextToken: z.string().optional(),
});

/**
 * What happened to alarms: states and settings. Without AlarmTypes only metric alarms are answered, as on AWS.
 *
 * Not simulated: that an action was taken.
 */
export function describeAlarmHistory({ account, board }: CloudwatchParts): JsonOperation {
  return {
    name: 'DescribeAlarmHistory',
    needs: ({ AlarmName: name }) => [
      {
        action: 'cloudwatch:DescribeAlarmHistory',
        resource: alarmArn(typeof name === 'string' ? name : '*', account),
      },
    ],
    answer(input) {
      const { NextToken: token, MaxRecords: size, ...asked } = parsed(Input, input);
      const found = board
        .history()
        .filter(
          ({ name, type, item, atMs }) =>
            (asked.AlarmName ?? name) === name &&
            asked.AlarmTypes.includes(type) &&
            (asked.HistoryItemType ?? item) === item &&
            atMs >= asked.StartDate * 1000 &&
            atMs <= asked.EndDate * 1000,
        );
      const sorted = asked.ScanBy === 'TimestampAscending' ? found : found.toReversed();
      const { items, rest } = pageOf(sorted, { of: `history ${JSON.stringify(asked)}`, token, size });
      return {
        AlarmHistoryItems: items.map(({ name, type, atMs, item, summary, data }) => ({
          AlarmName: name,
          AlarmType: type,
          Timestamp: new Date(atMs),
          HistoryItemType: item,
          HistorySummary: summary,
          HistoryData: data,
        })),
        ...rest,
      };
    },
  };
}
