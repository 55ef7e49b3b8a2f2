import type { Change, ChangeSet, Definition, PropertyChange } from '../../stacks/stack-record.ts';

/** Members that are there only if they have a value. */
type Members = Readonly<Record<string, unknown>>;

/** The parameters of a stack, with the defaults of those that were not given. */
export function parametersOf({ template, parameters }: Definition): readonly Members[] {
  return Object.entries(template.Parameters).map(([ParameterKey, { Default }]) => ({
    ParameterKey,
    ParameterValue: parameters[ParameterKey] ?? String(Default ?? ''),
  }));
}

export function tagsOf({ tags }: Definition): readonly Members[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** What lists of change sets and one change set have in common. Source: CloudFormation API reference, ChangeSetSummary. */
export function summaryOf(changeSet: ChangeSet, stack: { id: string; name: string }): Members {
  const { id, name, description, createdAtMs, status, statusReason, executionStatus } = changeSet;
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: id,
    ChangeSetName: name,
    ExecutionStatus: executionStatus,
    Status: status,
    ...(statusReason !== undefined && { StatusReason: statusReason }),
    CreationTime: new Date(createdAtMs).toISOString(),
    ...(description !== undefined && { Description: description }),
    IncludeNestedStacks: 'false',
  };
}

/** Source: CloudFormation API reference, ResourceChange. */
export function describedChange(change: Change, withValues: boolean): Members {
  const { action, logicalId, type, physicalId, replacement, policyAction, properties } = change;
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      ...(policyAction !== undefined && { PolicyAction: policyAction }),
      LogicalResourceId: logicalId,
      ...(physicalId !== undefined && { PhysicalResourceId: physicalId }),
      ResourceType: type,
      ...(replacement !== undefined && { Replacement: replacement }),
      Scope: { member: properties.length > 0 ? ['Properties'] : [] },
      Details: { member: properties.map((property) => detailOf(property, withValues)) },
    },
  };
}

function detailOf({ name, recreation, before, after }: PropertyChange, withValues: boolean): Members {
  return {
    Target: {
      Attribute: 'Properties',
      Name: name,
      RequiresRecreation: recreation,
      ...(withValues && {
        Path: `/Properties/${name}`,
        ...(before !== undefined && { BeforeValue: textOf(before) }),
        ...(after !== undefined && { AfterValue: textOf(after) }),
        AttributeChangeType: before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify',
      }),
    },
    Evaluation: 'Static',
    ChangeSource: 'DirectModification',
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
