import type { Check } from '../../check.ts';
import { routingProfiles } from '../../facts/routing-profiles.ts';

export const agentsWithoutTasks: Check = {
  id: 'agents-without-tasks',
  lane: 'agents and routing',
  title: 'whether every agent takes tasks',
  async run(look) {
    if (look.config.deliveryMode === 'email') return [];
    const profiles = await routingProfiles(look);
    const without = profiles.filter(({ tasks, agents }) => tasks === 0 && agents > 0);
    if (without.length === 0) return [];
    const agentsOf = (some: typeof profiles) => some.reduce((sum, { agents }) => sum + agents, 0);
    const shown = without.slice(0, 5).map(({ name }) => `"${name}"`);
    const more = without.length > 5 ? ` and ${without.length - 5} more` : '';
    return [
      {
        severity: 'note',
        certainty: 'certain',
        what: `${agentsOf(without)} of ${agentsOf(profiles)} agents take no tasks, by the routing profiles ${shown.join(', ')}${more}.`,
        suffers:
          'Those agents: a voicemail for one of them in person waits in the agent’s own queue, and is never offered.',
        evidence: [
          {
            api: 'connect:SearchRoutingProfiles',
            saw: `TASK: none in ${without.length} of ${profiles.length}`,
          },
        ],
        remedy:
          'If voicemails are left for these agents in person, add the channel Task to their routing profiles in the Amazon Connect console, Users, Routing profiles.',
      },
    ];
  },
};
