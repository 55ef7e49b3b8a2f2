import type { QueryOperation } from '../../gateway/query-protocol.ts';
import { describeStackResourceDrifts } from './operations/describe-stack-resource-drifts.ts';
import { describeStackResources } from './operations/describe-stack-resources.ts';
import { describeStacks } from './operations/describe-stacks.ts';
import { getTemplate } from './operations/get-template.ts';
import { listStackResources } from './operations/list-stack-resources.ts';
import { listStacks } from './operations/list-stacks.ts';
import type { CloudFormationParts } from './parts.ts';

/** Everything that can be asked of CloudFormation over the wire. */
export function cloudFormationOperations(parts: CloudFormationParts): readonly QueryOperation[] {
  return [
    describeStacks(parts),
    listStacks(parts),
    listStackResources(parts),
    describeStackResources(parts),
    describeStackResourceDrifts(parts),
    getTemplate(parts),
  ];
}
