import type { Check } from '../../check.ts';
import { stack } from '../../facts/stack.ts';
import { DEPLOY } from '../../remedies.ts';

export const noStack: Check = {
  id: 'no-stack',
  lane: 'stack',
  title: 'whether the stack is deployed',
  async run(look) {
    if (await stack(look)) return [];
    return [
      {
        severity: 'note',
        certainty: 'certain',
        what: `No stack ${look.stackName} is deployed in ${look.home.region} yet. What depends on one was not looked at.`,
        suffers: 'Callers: they cannot leave a message yet.',
        evidence: [{ api: 'cloudformation:DescribeStacks', saw: `${look.stackName}: none` }],
        remedy: `Deploy it: ${DEPLOY}.`,
      },
    ];
  },
};
