import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { Dimensions, dimensionsOf, parsed } from '../input.ts';
import { STATISTICS } from '../metric-store.ts';
import type { CloudwatchParts } from '../parts.ts';

/** Source: CloudWatch API reference, GetMetricStatistics: 1,440 values in one answer. */
const MOST_DATAPOINTS = 1440;
/** Times are epoch seconds. */
const Input = z.looseObject({
  Namespace: z.string().min(1),
  MetricName: z.string().min(1),
  Dimensions,
  StartTime: z.number(),
  EndTime: z.number(),
  Period: z.int().min(60).multipleOf(60),
  Statistics: z.array(z.enum(STATISTICS)).min(1).max(5),
  Unit: z.undefined({ error: 'values have no unit in the simulator' }).optional(),
  ExtendedStatistics: z.undefined({ error: 'percentiles are not simulated' }).optional(),
});

/** The values of one metric by period, in no order; a period without any is left out. Only the last day is kept. */
export function getMetricStatistics({ store }: CloudwatchParts): JsonOperation {
  return {
    name: 'GetMetricStatistics',
    needs: () => [{ action: 'cloudwatch:GetMetricStatistics', resource: '*' }],
    answer(input) {
      const asked = parsed(Input, input, 'InvalidParameterValueException');
      const { Namespace: namespace, MetricName: name, Period, StartTime, EndTime } = asked;
      if (StartTime >= EndTime) throw combination('The parameter StartTime must be less than EndTime.');
      const starts = periodStarts(StartTime, EndTime, Period);
      if (starts.length > MOST_DATAPOINTS) {
        throw combination(`${starts.length} datapoints, which exceeds the limit of ${MOST_DATAPOINTS}.`);
      }
      const metric = { namespace, name, dimensions: dimensionsOf(asked.Dimensions) };
      const points = starts.flatMap((startS) => {
        const found = store.statistics(metric, startS * 1000, (startS + Period) * 1000);
        if (!found) return [];
        const values = asked.Statistics.map((statistic) => [statistic, found[statistic]]);
        return [{ Timestamp: new Date(startS * 1000), Unit: 'None', ...Object.fromEntries(values) }];
      });
      return { Label: name, Datapoints: points };
    },
  };
}

/** Periods begin at whole multiples of their length. */
function periodStarts(startS: number, endS: number, periodS: number): readonly number[] {
  const firstS = Math.floor(startS / periodS) * periodS;
  return Array.from(
    { length: Math.max(Math.ceil((endS - firstS) / periodS), 0) },
    (_, i) => firstS + i * periodS,
  );
}

function combination(message: string): AwsError {
  return new AwsError('InvalidParameterCombinationException', 400, message);
}
