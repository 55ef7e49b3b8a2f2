import {
  CloudFormationClient,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  type Stack,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { RefusedError } from '../command.ts';
import { askAws } from './ask-aws.ts';
import type { Asker } from './asker.ts';
import { stackEvents, type StackEvents } from './stack-events.ts';

/** A change set of a stack that is or is not there yet. Everything throws RefusedError, in words. */
export interface ChangeSet {
  /** Before it is made: a stack whose first deployment failed can be deleted from now on. */
  readonly release: () => Promise<void>;
  /**
   * Has CloudFormation carry it out, which goes on by itself. Refused if the stack was changed since it was made.
   * Returns the events of the stack.
   */
  readonly execute: () => Promise<Pick<StackEvents, 'news'>>;
  /** Removes it, and the stack if it has nothing yet. Does nothing if there is no such change set. */
  readonly discard: () => Promise<void>;
}

/** What CloudFormation says where the stack was changed since the change set was made. */
const OUTDATED = /^(ChangeSetNotFound|InvalidChangeSetStatus)/;

/** `wasProtected`: the termination protection that the stack had before the change set was made. */
export function changeSetOf(
  stackName: string,
  changeSetName: string,
  { asker: { client, place }, wasProtected }: { asker: Asker; wasProtected: boolean },
): ChangeSet {
  const cloudFormation = client(CloudFormationClient);
  const asked = { StackName: stackName, ChangeSetName: changeSetName };
  const ask = <Answer>(action: string, call: () => Promise<Answer>) =>
    askAws(`cloudformation:${action}`, place, call);

  /** Undefined: it is not there. */
  async function find() {
    const command = new DescribeStacksCommand({ StackName: stackName });
    const { Stacks = [] } = await ask('DescribeStacks', () =>
      cloudFormation.send(command).catch((error: unknown) => {
        if (nameOf(error) === 'ValidationError' && /not exist/.test(String(error))) return { Stacks: [] };
        throw error;
      }),
    );
    return Stacks[0];
  }

  async function protect(isProtected: boolean): Promise<void> {
    const command = new UpdateTerminationProtectionCommand({
      StackName: stackName,
      EnableTerminationProtection: isProtected,
    });
    await ask('UpdateTerminationProtection', () => cloudFormation.send(command));
  }

  /** A stack in review has nothing; somebody else may be about to make it. */
  async function removeEmptyStack({ EnableTerminationProtection: isProtected }: Stack): Promise<void> {
    const list = new ListChangeSetsCommand({ StackName: stackName });
    const { Summaries = [] } = await ask('ListChangeSets', () => cloudFormation.send(list));
    if (Summaries.some(({ ChangeSetName }) => ChangeSetName !== changeSetName)) return;
    if (isProtected) await protect(false);
    const command = new DeleteStackCommand({ StackName: stackName });
    await ask('DeleteStack', () => cloudFormation.send(command));
  }

  return {
    release: () => (wasProtected ? protect(false) : Promise.resolve()),
    async execute() {
      const events = stackEvents((await find())?.StackId ?? stackName, { client, place });
      await events.skip();
      await ask('ExecuteChangeSet', () =>
        cloudFormation.send(new ExecuteChangeSetCommand(asked)).catch((error: unknown) => {
          if (!OUTDATED.test(nameOf(error)) && !isBusy(error)) throw error;
          const words =
            'somebody else has changed the stack meanwhile: nothing was deployed. Run it again, to see what would change now';
          throw new RefusedError(words, { cause: error });
        }),
      );
      return events;
    },
    async discard() {
      const stack = await find();
      if (!stack) return;
      await ask('DeleteChangeSet', () => cloudFormation.send(new DeleteChangeSetCommand(asked)));
      if (stack.StackStatus === 'REVIEW_IN_PROGRESS') return await removeEmptyStack(stack);
      // CDK's toolkit sets it when it makes the change set.
      if ((stack.EnableTerminationProtection ?? false) !== wasProtected) await protect(wasProtected);
    },
  };
}

/** Another deployment goes on: `Stack:arn… is in UPDATE_IN_PROGRESS state and can not be updated.` */
function isBusy(error: unknown): boolean {
  return nameOf(error) === 'ValidationError' && / state and can ?not be updated/.test(String(error));
}
