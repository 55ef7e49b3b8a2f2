import type { Account } from '../../account.ts';
import type { AlarmSettings, AlarmTexts, CompositeSettings } from './alarm.ts';
import type { InState } from './alarm-board.ts';
import { alarmArn, describeMetric } from './input.ts';

/** A metric alarm, as DescribeAlarms answers it. */
export function describeMetricAlarm(alarm: InState<AlarmSettings>, account: Account) {
  const { settings } = alarm;
  return {
    ...described(alarm, account),
    ...metricsOf(settings),
    EvaluationPeriods: settings.evaluationPeriods,
    DatapointsToAlarm: settings.datapointsToAlarm,
    Threshold: settings.threshold,
    ComparisonOperator: settings.comparison,
    TreatMissingData: settings.treatMissingData,
  };
}

/** A composite alarm, likewise. */
export function describeComposite(alarm: InState<CompositeSettings>, account: Account) {
  return { ...described(alarm, account), AlarmRule: alarm.settings.ruleText };
}

function described(
  { settings, state, sinceMs, reason, actionsEnabled }: InState<AlarmTexts>,
  account: Account,
) {
  return {
    AlarmName: settings.name,
    AlarmArn: alarmArn(settings.name, account),
    AlarmDescription: settings.description,
    ActionsEnabled: actionsEnabled,
    AlarmActions: settings.alarmActions ?? [],
    OKActions: settings.okActions ?? [],
    InsufficientDataActions: settings.insufficientDataActions ?? [],
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: new Date(sinceMs),
    StateTransitionedTimestamp: new Date(sinceMs),
  };
}

/** Of one metric it stands in the alarm itself; of several, in a list with what is reckoned from them. */
function metricsOf({ metrics, expression }: AlarmSettings) {
  const [only] = metrics;
  if (only && expression === undefined) {
    const { statistic, periodSeconds } = only;
    return { ...describeMetric(only), Statistic: statistic, Period: periodSeconds };
  }
  return {
    Metrics: [
      { Id: expression?.id, Expression: expression?.text, ReturnData: true },
      ...metrics.map((metric) => ({
        Id: metric.id,
        MetricStat: { Metric: describeMetric(metric), Period: metric.periodSeconds, Stat: metric.statistic },
        ReturnData: false,
      })),
    ],
  };
}
