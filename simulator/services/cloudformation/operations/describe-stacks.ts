import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import type { StackRecord } from '../../../stacks/stack-record.ts';
import { parametersOf, tagsOf } from '../describe-change.ts';
import { listed } from '../input.ts';
import type { CloudFormationParts, Stack } from '../parts.ts';
import { driftInformation, isDeleted, requireStack, stackPermission } from '../stack.ts';

/** DescribeStacks: one stack by name or id, or all that are not deleted. Source: CloudFormation API reference. */
export function describeStacks(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'DescribeStacks',
    needs: (input) => [stackPermission('DescribeStacks', input.get('StackName'), parts)],
    answer(input) {
      const wanted = input.get('StackName');
      const items =
        wanted === null ? parts.stacks().filter((stack) => !isDeleted(stack)) : [requireStack(wanted, parts)];
      return listed(input, { name: 'Stacks', of: 'stacks', items: items.map(described) });
    },
  };
}

function described(stack: Stack) {
  const { id, name, description, createdAtMs, status, statusReason, outputs, record } = stack;
  return {
    StackId: id,
    StackName: name,
    ...(description !== undefined && { Description: description }),
    CreationTime: new Date(createdAtMs).toISOString(),
    StackStatus: status,
    ...(statusReason !== undefined && { StackStatusReason: statusReason }),
    ...(record && describedRecord(record)),
    Outputs: { member: Object.entries(outputs).map(([key, value]) => outputOf(key, value, record)) },
    DriftInformation: driftInformation(stack),
  };
}

/** What is known of a stack that is made here. */
function describedRecord({ definition, isProtected, updatedAtMs, deletedAtMs }: StackRecord) {
  return {
    EnableTerminationProtection: String(isProtected),
    DisableRollback: 'false',
    ...(updatedAtMs !== undefined && { LastUpdatedTime: new Date(updatedAtMs).toISOString() }),
    ...(deletedAtMs !== undefined && { DeletionTime: new Date(deletedAtMs).toISOString() }),
    ...(definition && {
      Parameters: { member: parametersOf(definition) },
      Capabilities: { member: definition.capabilities },
      NotificationARNs: { member: definition.notificationArns },
      Tags: { member: tagsOf(definition) },
      ...(definition.roleArn !== undefined && { RoleARN: definition.roleArn }),
    }),
  };
}

function outputOf(OutputKey: string, OutputValue: string, record: StackRecord | undefined) {
  const description = record?.definition?.template.Outputs[OutputKey]?.Description;
  return { OutputKey, OutputValue, ...(description !== undefined && { Description: description }) };
}
