import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { fact } from '../look.ts';

/** Whether the stack of the settings is deployed, in whatever state it is now. */
export const stackIsThere = fact(async (look): Promise<boolean> => {
  const command = new DescribeStacksCommand({ StackName: look.stackName });
  try {
    const { Stacks } = await look.ask('cloudformation:DescribeStacks', () =>
      look.client(CloudFormationClient).send(command),
    );
    const status = Stacks?.[0]?.StackStatus ?? '';
    return !/^(REVIEW|CREATE_IN|CREATE_FAILED|ROLLBACK|DELETE)/.test(status);
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return false;
    throw error;
  }
});
