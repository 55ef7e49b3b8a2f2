import type { Check } from '../../check.ts';
import { isOfSomebodyElse, servedInstance, stack } from '../../facts/stack.ts';

const COMMON = {
  severity: 'blocker',
  certainty: 'certain',
} as const;

const ANOTHER_NAME =
  'Set another stackName in the settings: each instance of one account and Region needs a stack of its own.';

export const stackOfAnotherInstance: Check = {
  id: 'stack-of-another-instance',
  lane: 'stack',
  title: 'whether the stack of that name serves the instance of the settings',
  async run(look) {
    const found = await stack(look);
    if (!found) return [];
    const { stackName, home } = look;
    if (isOfSomebodyElse(found)) {
      return [
        {
          ...COMMON,
          what: `The stack ${stackName} is not one of Voicemail Express. A deployment would replace all that is in it.`,
          suffers: 'Everybody who uses what that stack has made.',
          evidence: [
            { api: 'cloudformation:DescribeStacks', saw: `Description: ${found.description ?? 'none'}` },
          ],
          remedy: ANOTHER_NAME,
        },
      ];
    }
    const served = servedInstance(found);
    if (served === undefined || served.id === home.instanceId) return [];
    return [
      {
        ...COMMON,
        what: `The stack ${stackName} serves the instance ${served.id}, and the settings name ${home.instanceId}. A deployment would take voicemail away from the first.`,
        suffers: `Callers of the instance ${served.id}: after a deployment their messages are no longer delivered.`,
        evidence: [{ api: 'cloudformation:DescribeStacks', saw: `${served.key}: ${served.value}` }],
        remedy: ANOTHER_NAME,
      },
    ];
  },
};
