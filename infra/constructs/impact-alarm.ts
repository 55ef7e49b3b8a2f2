import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export interface SilenceAlarmProps {
  /** What is broken, in a few words. `docs/operations.md` has a heading of this name. */
  readonly title: string;
  /** Who notices what. It is the alarm's text. */
  readonly impact: string;
  readonly metric: IMetric;
}

export interface ImpactAlarmProps extends SilenceAlarmProps {
  readonly threshold: number;
  /** In how many consecutive periods the threshold is reached; absent: one. */
  readonly periods?: number;
}

/** An alarm for the person on call: it goes off as soon as the metric reaches its threshold. */
export function impactAlarm(scope: Construct, id: string, props: ImpactAlarmProps): Alarm {
  return new Alarm(scope, id, {
    ...words(scope, props),
    metric: props.metric,
    threshold: props.threshold,
    evaluationPeriods: props.periods ?? 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // Silence is good news: a queue or function that nobody uses reports nothing.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

/** The same for a metric that must never stop: it goes off if the metric has no count in a period. */
export function silenceAlarm(scope: Construct, id: string, props: SilenceAlarmProps): Alarm {
  return new Alarm(scope, id, {
    ...words(scope, props),
    metric: props.metric,
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
  });
}

function words(scope: Construct, { title, impact }: SilenceAlarmProps) {
  return {
    alarmName: `${Stack.of(scope).stackName}: ${title}`,
    alarmDescription: `${title}. ${impact}`,
  };
}
