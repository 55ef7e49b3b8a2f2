import type { Check, Finding } from '../../check.ts';
import { instance } from '../../facts/instance.ts';
import { routingProfiles } from '../../facts/routing-profiles.ts';
import { findUser } from '../../facts/user.ts';

export const testAgentGone: Check = {
  id: 'test-agent-gone',
  lane: 'agents and routing',
  title: 'whether the test agent is there and takes tasks',
  async run(look) {
    const { testAgentArn } = look.config.flows ?? {};
    if (testAgentArn === undefined || !(await instance(look))) return [];
    const id = testAgentArn.slice(testAgentArn.lastIndexOf('/') + 1);
    const agent = await findUser(id, look);
    if (agent === undefined) return [gone(id)];
    const profiles = await routingProfiles(look);
    const profile = profiles.find((one) => one.id === agent.RoutingProfileId);
    if (!profile || profile.tasks > 0) return [];
    return [
      {
        severity: 'warning',
        certainty: 'certain',
        what: `The agent of flows.testAgentArn takes no tasks: the routing profile "${profile.name}" has none.`,
        suffers:
          'People who try the test flow: after key 2 the voicemail waits in the agent’s own queue, and is never offered.',
        evidence: [
          { api: 'connect:DescribeUser', saw: `${id}: RoutingProfileId: ${profile.id}` },
          { api: 'connect:SearchRoutingProfiles', saw: `${profile.id}: TASK: none` },
        ],
        remedy: `Add the channel Task to "${profile.name}" in the Amazon Connect console, Users, Routing profiles, or choose another agent for flows.testAgentArn, and deploy.`,
      },
    ];
  },
};

function gone(id: string): Finding {
  return {
    severity: 'warning',
    certainty: 'certain',
    what: `The agent of flows.testAgentArn is not there: the instance has no user ${id}.`,
    suffers: 'People who try the test flow: key 2 says that there is no agent, and takes the queue.',
    evidence: [{ api: 'connect:DescribeUser', saw: `${id}: ResourceNotFoundException` }],
    remedy: 'Choose another agent for flows.testAgentArn, or leave it out, and deploy.',
  };
}
