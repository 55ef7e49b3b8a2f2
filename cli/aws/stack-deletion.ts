import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { askAws } from './ask-aws.ts';
import type { Asker } from './asker.ts';
import { stackEvents, type StackEvents } from './stack-events.ts';

/** The deletion of one stack. Everything throws RefusedError, in words. */
export interface StackDeletion extends Pick<StackEvents, 'news'> {
  /** Begins it. CloudFormation goes on by itself. */
  readonly begin: () => Promise<void>;
}

/** `stackArn`: events of a stack that is gone are found by its ARN only. */
export function stackDeletion(stackArn: string, asker: Asker): StackDeletion {
  const cloudFormation = asker.client(CloudFormationClient);
  const { skip, news } = stackEvents(stackArn, asker);
  return {
    news,
    async begin() {
      // What was before, an earlier deletion that failed say, is no news.
      await skip();
      const command = new DeleteStackCommand({ StackName: stackArn });
      await askAws('cloudformation:DeleteStack', asker.place, () => cloudFormation.send(command));
    },
  };
}
