import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export interface ImpactAlarmProps {
  /** What is broken, in a few words. `docs/operations.md` has a heading of this name. */
  readonly title: string;
  /** Who notices what. It is the alarm's text. */
  readonly impact: string;
  readonly metric: IMetric;
  readonly threshold: number;
}

/** An alarm for whoever is paged: it goes off as soon as the metric reaches its threshold once. */
export function impactAlarm(scope: Construct, id: string, props: ImpactAlarmProps): Alarm {
  const { title, impact, metric, threshold } = props;
  return new Alarm(scope, id, {
    alarmName: `${Stack.of(scope).stackName}: ${title}`,
    alarmDescription: `${title}. ${impact}`,
    metric,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // Silence is good news: a queue or function that nobody uses reports nothing.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}
