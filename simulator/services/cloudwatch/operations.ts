import type { JsonOperation } from '../../gateway/protocols.ts';
import { describeAlarms } from './operations/describe-alarms.ts';
import { getMetricStatistics } from './operations/get-metric-statistics.ts';
import type { CloudwatchParts } from './parts.ts';

/** Everything that can be asked of CloudWatch over the wire. */
export function cloudwatchOperations(parts: CloudwatchParts): readonly JsonOperation[] {
  return [describeAlarms(parts), getMetricStatistics(parts)];
}
