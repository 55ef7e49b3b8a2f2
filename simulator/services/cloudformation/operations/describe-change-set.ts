import type { QueryOperation } from '../../../gateway/query-protocol.ts';
import { describedChange, parametersOf, summaryOf, tagsOf } from '../describe-change.ts';
import { listed, requireParameter } from '../input.ts';
import type { CloudFormationParts } from '../parts.ts';
import { stackPermission } from '../stack.ts';

/** DescribeChangeSet, by its id, or by its name and the stack. Source: CloudFormation API reference. */
export function describeChangeSet(parts: CloudFormationParts): QueryOperation {
  return {
    name: 'DescribeChangeSet',
    needs: (input) => [stackPermission('DescribeChangeSet', input.get('StackName'), parts)],
    answer(input) {
      const wanted = requireParameter(input, 'ChangeSetName');
      const { record, changeSet } = parts
        .life()
        .changeSets.require(wanted, input.get('StackName') ?? undefined);
      const { definition, changes } = changeSet;
      const withValues = input.get('IncludePropertyValues') === 'true';
      return {
        ...summaryOf(changeSet, record),
        Parameters: { member: parametersOf(definition) },
        NotificationARNs: { member: definition.notificationArns },
        RollbackConfiguration: '',
        Capabilities: { member: definition.capabilities },
        Tags: { member: tagsOf(definition) },
        ...listed(input, {
          name: 'Changes',
          of: changeSet.id,
          items: changes.map((change) => describedChange(change, withValues)),
        }),
      };
    },
  };
}
