import type { Check } from '../../check.ts';
import { isDeployed, stack } from '../../facts/stack.ts';

/** After this time a task ends by itself. Source: Amazon Connect administrator guide, Concepts: Tasks. */
const TASK_DAYS = 7;

export const tasksEndEarly: Check = {
  id: 'tasks-end-early',
  lane: 'agents and routing',
  title: 'whether tasks live as long as their recordings',
  async run(look) {
    const { deliveryMode, retentionDays, linkDays } = look.config;
    const days = Math.min(retentionDays, linkDays);
    if (deliveryMode === 'email' || days <= TASK_DAYS) return [];
    const found = await stack(look);
    if (!found || !isDeployed(found)) return [];
    return [
      {
        severity: 'note',
        certainty: 'certain',
        what: `A task ends after ${TASK_DAYS} days, taken or not, and its recording can be played for ${days}.`,
        suffers: `Agents: a voicemail that waits longer than ${TASK_DAYS} days leaves the queue unheard. Only "npx vmx list" shows it then.`,
        evidence: [],
        remedy: `Have queues with voicemails looked after within ${TASK_DAYS} days. "npx vmx show CONTACT" shows what happened to one.`,
      },
    ];
  },
};
