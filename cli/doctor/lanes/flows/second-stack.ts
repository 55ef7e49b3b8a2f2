import type { Check } from '../../check.ts';
import { everyStack } from '../../facts/every-stack.ts';

export const secondStack: Check = {
  id: 'second-stack',
  lane: 'flows',
  title: 'whether another stack of Voicemail Express serves this instance',
  async run(look) {
    const modules = `${look.config.instanceArn}/flow-module/`;
    return (await everyStack(look))
      .filter(
        ({ name, voicemailModuleArn }) => name !== look.stackName && voicemailModuleArn?.startsWith(modules),
      )
      .map(({ name }) => ({
        severity: 'blocker' as const,
        certainty: 'certain' as const,
        what: `The stack ${name} is Voicemail Express for this instance, too, beside ${look.stackName}.`,
        suffers:
          'Agents and callers: both stacks read the same contact records, so each voicemail comes twice; and the flows of the second one cannot be made, as their names are taken.',
        evidence: [{ api: 'cloudformation:DescribeStacks', saw: `${name}: output VoicemailModule` }],
        remedy: `Keep one of the two: set stackName: '${name}' in the settings, or delete the stack ${name}.`,
      }));
  },
};
