import {
  CloudFormationClient,
  DeleteStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { askAws } from './ask-aws.ts';
import type { Asker } from './asker.ts';
import { stackEvents, type StackEvents } from './stack-events.ts';

/** The deletion of one stack. Everything throws RefusedError, in words. */
export interface StackDeletion extends Pick<StackEvents, 'news'> {
  /** Begins it. CloudFormation goes on by itself. */
  readonly begin: () => Promise<void>;
  /** Switches termination protection off: CloudFormation refuses to delete a stack that has it. */
  readonly unprotect: () => Promise<void>;
}

/** `stackArn`: events of a stack that is gone are found by its ARN only. */
export function stackDeletion(stackArn: string, asker: Asker): StackDeletion {
  const cloudFormation = asker.client(CloudFormationClient);
  const { skip, news } = stackEvents(stackArn, asker);
  return {
    news,
    async unprotect() {
      const command = new UpdateTerminationProtectionCommand({
        StackName: stackArn,
        EnableTerminationProtection: false,
      });
      const call = () => cloudFormation.send(command);
      await askAws('cloudformation:UpdateTerminationProtection', asker.place, call);
    },
    async begin() {
      // What was before, an earlier deletion that failed say, is no news.
      await skip();
      const command = new DeleteStackCommand({ StackName: stackArn });
      await askAws('cloudformation:DeleteStack', asker.place, () => cloudFormation.send(command));
    },
  };
}
