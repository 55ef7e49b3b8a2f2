import { listIn, type QueryOperation } from '../../../gateway/query-protocol.ts';
import { listed } from '../input.ts';
import type { CloudFormationParts, Stack } from '../parts.ts';
import { driftInformation, isDeleted } from '../stack.ts';

/** ListStacks: those with one of the statuses, or all, deleted ones among them. Source: CloudFormation API reference. */
export function listStacks({ stacks }: CloudFormationParts): QueryOperation {
  return {
    name: 'ListStacks',
    needs: () => [{ action: 'cloudformation:ListStacks', resource: '*' }],
    answer(input) {
      const wanted = listIn(input, 'StackStatusFilter');
      const items = stacks().filter(({ status }) => wanted.length === 0 || wanted.includes(status));
      const of = `summaries ${wanted.join(' ')}`;
      return listed(input, { name: 'StackSummaries', of, items: items.map(summary) });
    },
  };
}

function summary(stack: Stack) {
  const { id, name, description, createdAtMs, status, statusReason } = stack;
  return {
    StackId: id,
    StackName: name,
    ...(description !== undefined && { TemplateDescription: description }),
    CreationTime: new Date(createdAtMs).toISOString(),
    ...(isDeleted(stack) && { DeletionTime: new Date(createdAtMs).toISOString() }),
    StackStatus: status,
    ...(statusReason !== undefined && { StackStatusReason: statusReason }),
    DriftInformation: driftInformation(stack),
  };
}
