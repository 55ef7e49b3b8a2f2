import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import type { TestContext } from 'node:test';
import { createStandInRecognizer } from '../recognizer/stand-in-recognizer.ts';
import { laptopWorld } from '../services/connect/sample-world.ts';
import { startSimulator } from '../simulator.ts';

export const STACK = 'Acme';

type Resources = Readonly<Record<string, unknown>>;

/** An account without stacks, and a person who makes, changes and deletes one by hand. */
export async function startLife(t: TestContext) {
  const simulator = await startSimulator({
    world: laptopWorld(),
    state: { bootstrap: { version: 32 } },
    time: 'fast',
    recognizer: createStandInRecognizer(''),
  });
  t.after(simulator.close);
  const { endpoint, credentials } = simulator;
  const settings = { endpoint, credentials, region: 'us-east-1', forcePathStyle: true };
  const cloudFormation = new CloudFormationClient(settings);

  async function stack(name = STACK) {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    const [found] = Stacks;
    if (!found) throw new Error(`there is no stack ${name}`);
    return found;
  }

  /** The stack, as soon as CloudFormation is not at work on it any more. */
  async function ended(name = STACK) {
    for (;;) {
      const found = await stack(name);
      if (!found.StackStatus?.endsWith('_IN_PROGRESS')) return found;
    }
  }

  /** Makes a change set of a template with these resources. */
  async function propose(Resources: Resources, more: Partial<CreateChangeSetCommandInput> = {}) {
    const { Outputs, ...asked } = { Outputs: {}, ...more };
    const { Id: ChangeSetName } = await cloudFormation.send(
      new CreateChangeSetCommand({
        StackName: STACK,
        ChangeSetName: 'change',
        ChangeSetType: 'CREATE',
        Capabilities: ['CAPABILITY_IAM'],
        TemplateBody: JSON.stringify({ Resources, Outputs }),
        ...asked,
      }),
    );
    return cloudFormation.send(
      new DescribeChangeSetCommand({ ChangeSetName, IncludePropertyValues: true, StackName: STACK }),
    );
  }

  async function execute(more: { DisableRollback?: boolean } = {}) {
    const asked = { StackName: STACK, ChangeSetName: 'change', ...more };
    await cloudFormation.send(new ExecuteChangeSetCommand(asked));
    return ended();
  }

  return {
    simulator,
    cloudFormation,
    s3: new S3Client(settings),
    stack,
    ended,
    propose,
    execute,
    make: async (resources: Resources, more?: Partial<CreateChangeSetCommandInput>) => {
      await propose(resources, more);
      return execute();
    },
    remove: async (more: { RetainResources?: string[] } = {}) => {
      const { StackId } = await stack();
      await cloudFormation.send(new DeleteStackCommand({ StackName: STACK, ...more }));
      return ended(StackId);
    },
    /** What happened to resources and stack, the oldest first: `Queue CREATE_COMPLETE`. */
    events: async (name = STACK) => {
      const { StackEvents = [] } = await cloudFormation.send(
        new DescribeStackEventsCommand({ StackName: name }),
      );
      return StackEvents.toReversed().map((one) => `${one.LogicalResourceId} ${one.ResourceStatus}`);
    },
  };
}
