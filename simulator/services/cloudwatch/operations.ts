import type { JsonOperation } from '../../gateway/protocols.ts';
import { describeAlarmHistory } from './operations/describe-alarm-history.ts';
import { describeAlarms } from './operations/describe-alarms.ts';
import { describeAlarmsForMetric } from './operations/describe-alarms-for-metric.ts';
import { disableAlarmActions } from './operations/disable-alarm-actions.ts';
import { enableAlarmActions } from './operations/enable-alarm-actions.ts';
import { getDashboard } from './operations/get-dashboard.ts';
import { getMetricData } from './operations/get-metric-data.ts';
import { getMetricStatistics } from './operations/get-metric-statistics.ts';
import { listDashboards } from './operations/list-dashboards.ts';
import { listMetrics } from './operations/list-metrics.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { setAlarmState } from './operations/set-alarm-state.ts';
import type { CloudwatchParts } from './parts.ts';

/** Everything that can be asked of CloudWatch over the wire. */
export function cloudwatchOperations(parts: CloudwatchParts): readonly JsonOperation[] {
  return [
    describeAlarmHistory(parts),
    describeAlarms(parts),
    describeAlarmsForMetric(parts),
    disableAlarmActions(parts),
    enableAlarmActions(parts),
    getDashboard(parts),
    getMetricData(parts),
    getMetricStatistics(parts),
    listDashboards(parts),
    listMetrics(parts),
    listTagsForResource(parts),
    setAlarmState(parts),
  ];
}
