import { z } from 'zod';
import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { describeComposite, describeMetricAlarm } from '../describe-alarm.ts';
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
  const { partition, region, id } = account;
  return {
    name: 'DescribeAlarms',
    needs: () => [
      {
        action: 'cloudwatch:DescribeAlarms',
        resource: `arn:${partition}:cloudwatch:${region}:${id}:alarm:*`,
      },
    ],
    answer(input) {
      const { AlarmTypes: types, NextToken, MaxRecords, ...filter } = parsed(input);
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
      const start = Number(NextToken ?? 0);
      if (!Number.isInteger(start) || start < 0 || start > found.length) {
        throw new AwsError('InvalidNextToken', 400, 'The next token specified is invalid.');
      }
      const end = start + MaxRecords;
      const page = found.slice(start, end);
      return {
        CompositeAlarms: page.flatMap(({ kind, ...alarm }) => (kind === 'composite' ? alarm : [])),
        MetricAlarms: page.flatMap(({ kind, ...alarm }) => (kind === 'metric' ? alarm : [])),
        ...(end < found.length && { NextToken: String(end) }),
      };
    },
  };
}

function parsed(input: JsonObject): z.infer<typeof Input> {
  const result = Input.safeParse(input);
  if (result.success) return result.data;
  throw new AwsError('ValidationError', 400, `Not simulated, or not valid: ${result.error.message}`);
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
