import type { Happenings } from '../../happenings.ts';
import type { SimulatedSns } from '../sns/sns.ts';
import type { SimulatedCloudwatch } from './cloudwatch.ts';

const CLOUDWATCH = 'cloudwatch.amazonaws.com';

/**
 * Says of an alarm that went off which topic did not take its message, as the history of the alarm does on AWS. A
 * message that was taken is no happening of its own. Source: CloudWatch user guide, "Notifying users on alarm changes".
 */
export function tellAlarmActions({
  happenings,
  cloudwatch,
  sns,
}: {
  happenings: Happenings;
  cloudwatch: Pick<SimulatedCloudwatch, 'alarms'>;
  sns: Pick<SimulatedSns, 'refusalOf'>;
}): void {
  happenings.listen((happening) => {
    if (happening.kind !== 'alarm' || happening.state !== 'ALARM') return;
    const { name, atMs } = happening;
    const alarm = cloudwatch.alarms().get(name);
    if (!alarm?.actionsEnabled) return;
    for (const topicArn of alarm.settings.alarmActions ?? []) {
      const refusal = sns.refusalOf(topicArn, { servicePrincipal: CLOUDWATCH });
      if (refusal === undefined) continue;
      const line = `Failed to execute action ${topicArn}. Received error: "${refusal}"`;
      happenings.tell({ kind: 'log', atMs, functionId: name, line });
    }
  });
}
