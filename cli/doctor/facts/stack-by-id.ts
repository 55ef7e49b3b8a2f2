import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Look } from '../look.ts';

/** A stack that was there once. CloudFormation remembers a deleted one for ninety days. */
export interface StackLife {
  readonly isThere: boolean;
  /** Absent: it is there, or CloudFormation does not remember it. */
  readonly deletedAtMs?: number;
}

/** Whether a stack is there, by its ARN. Another one of the same name does not count. */
export async function stackById(stackId: string, look: Look): Promise<StackLife> {
  const command = new DescribeStacksCommand({ StackName: stackId });
  try {
    const { Stacks = [] } = await look.ask('cloudformation:DescribeStacks', () =>
      look.client(CloudFormationClient).send(command),
    );
    const [{ StackStatus, DeletionTime: deletedAt } = {}] = Stacks;
    const isThere = StackStatus !== undefined && StackStatus !== 'DELETE_COMPLETE';
    return { isThere, ...(!isThere && deletedAt && { deletedAtMs: deletedAt.getTime() }) };
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && /not exist/.test(error.message)) {
      return { isThere: false };
    }
    throw error;
  }
}
