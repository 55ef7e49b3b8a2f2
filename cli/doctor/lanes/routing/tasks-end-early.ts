import type { Check } from '../../check.ts';
import { taskDaysOf } from '../../../../infra/config.ts';
import { keptOf, outOfReachAfterDays } from '../../../../infra/retention-settings.ts';
import { isDeployed, stack } from '../../facts/stack.ts';

export const tasksEndEarly: Check = {
  id: 'tasks-end-early',
  lane: 'agents and routing',
  title: 'whether tasks live as long as their recordings',
  async run(look) {
    const { deliveryMode, linkDays } = look.config;
    const days = Math.min(
      outOfReachAfterDays(look.config, 'recordings'),
      keptOf('recordings', look.config).deleteAfterDays,
      linkDays,
    );
    const taskDays = taskDaysOf(look.config);
    // One day less is the default: a task that ends then can come back with its recording.
    if (deliveryMode === 'email' || days <= taskDays + 1) return [];
    const found = await stack(look);
    if (!found || !isDeployed(found)) return [];
    return [
      {
        severity: 'note',
        certainty: 'certain',
        what: `A task ends after ${taskDays} days, taken or not, and its recording can be played for ${days}.`,
        suffers: `Agents: a voicemail that waits longer than ${taskDays} days comes back once, and then leaves the queue unheard, with an alarm.`,
        evidence: [],
        remedy: `Leave taskDays out of the settings, or set more days. "npx vmx show CONTACT" shows what happened to one.`,
      },
    ];
  },
};
