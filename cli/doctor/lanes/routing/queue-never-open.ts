import type { Check, Finding } from '../../check.ts';
import { hoursOfOperation } from '../../facts/hours-of-operation.ts';
import { type SettingsQueue, settingsQueues } from '../../facts/settings-queues.ts';
import type { Look } from '../../look.ts';

export const queueNeverOpen: Check = {
  id: 'queue-never-open',
  lane: 'agents and routing',
  title: 'whether the queues of the settings have hours of operation with an open day',
  async run(look) {
    const queues = await settingsQueues(look);
    return (await Promise.all(queues.map((one) => findingsFor(one, look)))).flat();
  },
};

async function findingsFor({ setting, id, queue }: SettingsQueue, look: Look): Promise<readonly Finding[]> {
  if (!queue) return [];
  const name = queue.Name ?? id;
  const { HoursOfOperationId: hoursId } = queue;
  const hours = hoursId === undefined ? undefined : await hoursOfOperation(hoursId, look);
  const common = { severity: 'warning', certainty: 'certain' } as const;
  if (hours === undefined) {
    return [
      {
        ...common,
        what: `The queue "${name}" of ${setting} has no hours of operation${hoursId === undefined ? '' : ` that exist: ${hoursId} is not there`}.`,
        suffers: `Agents: times in its voicemails are in ${look.config.timeZone}, the setting timeZone. Callers: flows that check its hours take their error branch.`,
        evidence: [{ api: 'connect:DescribeQueue', saw: `${id}: HoursOfOperationId: ${hoursId ?? 'none'}` }],
        remedy: `Choose hours of operation for "${name}" in the Amazon Connect console, Routing, Queues.`,
      },
    ];
  }
  if ((hours.Config ?? []).length > 0) return [];
  const hoursName = hours.Name ?? hoursId;
  return [
    {
      ...common,
      what: `The queue "${name}" of ${setting} is never open: its hours of operation "${hoursName}" have no open day.`,
      suffers:
        'Callers of flows that check its hours, such as "Voicemail entry closed": all are asked for a message.',
      evidence: [{ api: 'connect:DescribeHoursOfOperation', saw: `${hoursId}: Config: none` }],
      remedy: `Add days to "${hoursName}" in the Amazon Connect console, Routing, Hours of operation. If the queue is for voicemails only, all is well.`,
    },
  ];
}
