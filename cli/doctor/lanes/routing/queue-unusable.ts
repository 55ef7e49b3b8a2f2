import type { Check, Finding } from '../../check.ts';
import { canaryQueue, type SettingsQueue, settingsQueues } from '../../facts/settings-queues.ts';

export const queueUnusable: Check = {
  id: 'queue-unusable',
  lane: 'agents and routing',
  title: 'whether the queues of the settings are there and enabled',
  async run(look) {
    const ofCanary = await canaryQueue(look);
    return [...(await settingsQueues(look)), ...(ofCanary ? [ofCanary] : [])].flatMap(findingsFor);
  },
};

/** Who notices. A voicemail without another queue goes to the fallback queue. */
const SUFFERS = {
  fallbackQueueArn:
    'Agents: a voicemail whose own queue is gone, full or disabled ends unseen, as no queue is left for its task.',
  'flows.entryQueueArn':
    'Callers of the entry flows: they reach no agent, and their messages go to the fallback queue.',
  'canary.queueArn': 'The person on call: the canary fails each time, though voicemails may be delivered.',
} as const;

function findingsFor({ setting, id, queue }: SettingsQueue): readonly Finding[] {
  const common = {
    severity: setting === 'fallbackQueueArn' ? 'blocker' : 'warning',
    certainty: 'certain',
    suffers: SUFFERS[setting],
  } as const;
  if (queue === undefined) {
    return [
      {
        ...common,
        what: `The queue of ${setting} is not there: the instance has no queue ${id}.`,
        evidence: [{ api: 'connect:DescribeQueue', saw: `${id}: ResourceNotFoundException` }],
        remedy: `Choose another queue for ${setting}, and deploy. The console shows ids under Routing, Queues, "Show additional queue information".`,
      },
    ];
  }
  if (queue.Status !== 'DISABLED') return [];
  const name = queue.Name ?? id;
  return [
    {
      ...common,
      what: `The queue "${name}" of ${setting} is disabled, and takes no new contacts.`,
      evidence: [{ api: 'connect:DescribeQueue', saw: `${id}: Status: DISABLED` }],
      remedy: `Enable "${name}" in the Amazon Connect console, Routing, Queues, or choose another queue for ${setting}, and deploy.`,
    },
  ];
}
