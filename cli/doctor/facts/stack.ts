import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { fact } from '../look.ts';

/** The stack of the settings, in whatever state it is. Undefined: there is none of that name. */
export const stack = fact(async (look): Promise<Stack | undefined> => {
  const cloudFormation = look.client(CloudFormationClient);
  const command = new DescribeStacksCommand({ StackName: look.stackName });
  try {
    const { Stacks } = await look.ask('cloudformation:DescribeStacks', () => cloudFormation.send(command));
    return Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && /not exist/.test(error.message)) {
      return undefined;
    }
    throw error;
  }
});

/** One output of a stack, by its key. */
export function outputOf({ Outputs = [] }: Stack, key: string): string | undefined {
  return Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
}
