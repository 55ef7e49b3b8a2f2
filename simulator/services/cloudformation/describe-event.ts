import type { StackEvent } from '../../stacks/stack-record.ts';

/** Source: CloudFormation API reference, StackEvent. */
export function describedEvent(event: StackEvent, stack: { id: string; name: string }) {
  const { id, atMs, logicalId, physicalId, type, status, reason, operationId } = event;
  return {
    StackId: stack.id,
    EventId: id,
    StackName: stack.name,
    OperationId: operationId,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Timestamp: new Date(atMs).toISOString(),
    ResourceStatus: status,
    ...(reason !== undefined && { ResourceStatusReason: reason }),
  };
}
