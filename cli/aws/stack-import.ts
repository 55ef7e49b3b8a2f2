import { randomUUID } from 'node:crypto';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { RefusedError } from '../command.ts';
import { askAws } from './ask-aws.ts';
import type { Asker } from './asker.ts';

const BETWEEN_LOOKS_MS = 2_000;

/** CloudFormation's schemas: the property that identifies a resource of that type. */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::SecretsManager::Secret': 'Id',
};

interface WantedImport {
  readonly stackName: string;
  readonly template: Readonly<Record<string, unknown>>;
  readonly resources: readonly {
    readonly logicalId: string;
    readonly type: string;
    readonly physicalId: string;
  }[];
  /** The role that CloudFormation works with. Undefined: the caller's permissions. */
  readonly roleArn: string | undefined;
}

/**
 * Makes a stack of resources that are there. Returns when CloudFormation has taken them in. Throws RefusedError, in
 * words; the resources are as they were then.
 */
export async function importIntoStack(
  { stackName: StackName, template, resources, roleArn }: WantedImport,
  { client, place }: Asker,
  wait: (ms: number) => Promise<void>,
): Promise<void> {
  const cloudFormation = client(CloudFormationClient);
  const proposal = new CreateChangeSetCommand({
    StackName,
    ChangeSetName: `adopt-${randomUUID()}`,
    ChangeSetType: 'IMPORT',
    TemplateBody: JSON.stringify(template),
    ResourcesToImport: resources.map(({ logicalId, type, physicalId }) => ({
      LogicalResourceId: logicalId,
      ResourceType: type,
      ResourceIdentifier: { [IDENTIFIERS[type] ?? 'Id']: physicalId },
    })),
    ...(roleArn !== undefined && { RoleARN: roleArn }),
  });
  const { Id: ChangeSetName } = await askAws('cloudformation:CreateChangeSet', place, () =>
    cloudFormation.send(proposal),
  );
  await untilProposed();
  const execution = new ExecuteChangeSetCommand({ StackName, ChangeSetName });
  await askAws('cloudformation:ExecuteChangeSet', place, () => cloudFormation.send(execution));
  await untilImported();

  async function untilProposed(): Promise<void> {
    const command = new DescribeChangeSetCommand({ StackName, ChangeSetName });
    for (;;) {
      const { Status, StatusReason } = await askAws('cloudformation:DescribeChangeSet', place, () =>
        cloudFormation.send(command),
      );
      if (Status === 'CREATE_COMPLETE') return;
      if (Status === 'FAILED') throw new RefusedError(`CloudFormation adopts nothing: ${StatusReason}`);
      await wait(BETWEEN_LOOKS_MS);
    }
  }

  async function untilImported(): Promise<void> {
    for (;;) {
      const status = await stackStatus();
      if (status === 'IMPORT_COMPLETE') return;
      if (!status.endsWith('_IN_PROGRESS')) {
        throw new RefusedError(`CloudFormation has adopted nothing, ${status}: ${await reason()}`);
      }
      await wait(BETWEEN_LOOKS_MS);
    }
  }

  async function stackStatus(): Promise<string> {
    const { Stacks = [] } = await askAws('cloudformation:DescribeStacks', place, () =>
      cloudFormation.send(new DescribeStacksCommand({ StackName })),
    );
    return Stacks[0]?.StackStatus ?? 'gone';
  }

  async function reason(): Promise<string> {
    const { StackEvents = [] } = await askAws('cloudformation:DescribeStackEvents', place, () =>
      cloudFormation.send(new DescribeStackEventsCommand({ StackName })),
    );
    const failed = StackEvents.find(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED'));
    return failed?.ResourceStatusReason ?? 'it says no reason';
  }
}
