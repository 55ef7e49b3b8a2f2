import type { Check } from '../../check.ts';
import { instance } from '../../facts/instance.ts';

export const instanceUsable: Check = {
  id: 'instance-not-usable',
  lane: 'instance',
  title: 'whether the Amazon Connect instance is there and active',
  async run(look) {
    const found = await instance(look);
    const { instanceArn } = look.config;
    const common = {
      severity: 'blocker',
      certainty: 'certain',
      suffers: 'Everybody: the stack cannot be deployed, and no call reaches it.',
    } as const;
    if (found === undefined) {
      return [
        {
          ...common,
          what: `There is no Amazon Connect instance ${instanceArn} in this account and Region.`,
          evidence: [{ api: 'connect:DescribeInstance', saw: 'ResourceNotFoundException' }],
          remedy: 'Run "npx vmx init", which lists the instances that there are, or correct instanceArn.',
        },
      ];
    }
    const status = found.InstanceStatus ?? 'unknown';
    if (status === 'ACTIVE') return [];
    const reason = found.StatusReason?.Message;
    return [
      {
        ...common,
        what: `The Amazon Connect instance is ${status} and not ACTIVE.`,
        evidence: [
          { api: 'connect:DescribeInstance', saw: `InstanceStatus: ${status}${reason ? `, ${reason}` : ''}` },
        ],
        remedy:
          status === 'CREATION_IN_PROGRESS'
            ? 'Wait until the Amazon Connect console lists the instance as Active.'
            : 'Delete the instance in the Amazon Connect console and make it again.',
      },
    ];
  },
};
