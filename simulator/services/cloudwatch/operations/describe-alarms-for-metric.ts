import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { describeMetricAlarm } from '../describe-alarm.ts';
import { alarmArn, Dimensions, dimensionsOf, parsed } from '../input.ts';
import { STATISTICS } from '../metric-store.ts';
import type { CloudwatchParts } from '../parts.ts';

const Input = z.strictObject({
  MetricName: z.string().min(1),
  Namespace: z.string().min(1),
  Dimensions,
  Statistic: z.enum(STATISTICS).optional(),
  Period: z.int().min(10).optional(),
});

/** The alarms on one metric alone: those on an expression are not among them, as on AWS. */
export function describeAlarmsForMetric({ account, board }: CloudwatchParts): JsonOperation {
  return {
    name: 'DescribeAlarmsForMetric',
    needs: () => [{ action: 'cloudwatch:DescribeAlarmsForMetric', resource: alarmArn('*', account) }],
    answer(input) {
      const { Statistic, Period, ...asked } = parsed(Input, input);
      const dimensions = dimensionsOf(asked.Dimensions);
      const found = [...board.alarms().values()].filter(({ settings: { metrics, expression } }) => {
        const [metric] = metrics;
        return (
          metric !== undefined &&
          expression === undefined &&
          metric.name === asked.MetricName &&
          metric.namespace === asked.Namespace &&
          isDeepStrictEqual({ ...metric.dimensions }, dimensions) &&
          (Statistic ?? metric.statistic) === metric.statistic &&
          (Period ?? metric.periodSeconds) === metric.periodSeconds
        );
      });
      return { MetricAlarms: found.map((alarm) => describeMetricAlarm(alarm, account)) };
    },
  };
}
