import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import type { TestContext } from 'node:test';
import { createModelCheck } from '../models/model-check.ts';
import { createStandInRecognizer } from '../recognizer/stand-in-recognizer.ts';
import { laptopWorld } from '../services/connect/sample-world.ts';
import { startSimulator } from '../simulator.ts';

export const STACK = 'Acme';

type Resources = Readonly<Record<string, unknown>>;
type Asked = Partial<CreateChangeSetCommandInput> & { readonly Outputs?: Resources };

/** An account without stacks, and a person who makes, changes and deletes one by hand. */
export async function startLife(t: Pick<TestContext, 'after'>) {
  const check = createModelCheck();
  const simulator = await startSimulator({
    world: laptopWorld(),
    state: { bootstrap: { version: 32 } },
    time: 'fast',
    recognizer: createStandInRecognizer(''),
    onAnswer: check.see,
  });
  t.after(async () => {
    await simulator.close();
    check.end();
  });
  const { endpoint, credentials } = simulator;
  const settings = { endpoint, credentials, region: 'us-east-1', forcePathStyle: true };
  const cloudFormation = new CloudFormationClient(settings);
  const looks = looksOf(cloudFormation);
  return {
    simulator,
    cloudFormation,
    s3: new S3Client(settings),
    ...looks,
    ...actsOf(cloudFormation, looks),
  };
}

function looksOf(cloudFormation: CloudFormationClient) {
  const stack = async (name = STACK) => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    const [found] = Stacks;
    if (!found) throw new Error(`there is no stack ${name}`);
    return found;
  };
  return {
    stack,
    /** The stack, as soon as CloudFormation is not at work on it any more. */
    ended: async (name = STACK) => {
      for (;;) {
        const found = await stack(name);
        if (!found.StackStatus?.endsWith('_IN_PROGRESS')) return found;
      }
    },
    resourceRows: async () => {
      const { StackResourceSummaries = [] } = await cloudFormation.send(
        new ListStackResourcesCommand({ StackName: STACK }),
      );
      return StackResourceSummaries;
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

function actsOf(cloudFormation: CloudFormationClient, { stack, ended }: ReturnType<typeof looksOf>) {
  /** Makes a change set of a template with these resources. */
  const propose = async (resources: Resources, { Outputs = {}, ...more }: Asked = {}) => {
    const { Id: ChangeSetName } = await cloudFormation.send(
      new CreateChangeSetCommand({
        StackName: STACK,
        ChangeSetName: 'change',
        ChangeSetType: 'CREATE',
        Capabilities: ['CAPABILITY_IAM'],
        TemplateBody: JSON.stringify({ Resources: resources, Outputs }),
        ...more,
      }),
    );
    return cloudFormation.send(
      new DescribeChangeSetCommand({ ChangeSetName, IncludePropertyValues: true, StackName: STACK }),
    );
  };
  const execute = async (more: { DisableRollback?: boolean } = {}) => {
    const asked = { StackName: STACK, ChangeSetName: 'change', ...more };
    await cloudFormation.send(new ExecuteChangeSetCommand(asked));
    return ended();
  };
  return {
    propose,
    execute,
    make: async (resources: Resources, more: Asked = {}) => {
      await propose(resources, more);
      return execute();
    },
    /** Brings the stack to other resources. */
    update: async (resources: Resources, more: Asked = {}) => {
      await propose(resources, { ChangeSetType: 'UPDATE', ...more });
      return execute();
    },
    remove: async (more: { RetainResources?: string[] } = {}) => {
      const { StackId } = await stack();
      await cloudFormation.send(new DeleteStackCommand({ StackName: STACK, ...more }));
      return ended(StackId);
    },
  };
}
