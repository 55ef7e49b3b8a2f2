import type { QueryOperation } from '../../gateway/query-protocol.ts';
import { describeStacks } from './operations/describe-stacks.ts';
import type { CloudFormationParts } from './parts.ts';

/** Everything that can be asked of CloudFormation over the wire. */
export function cloudFormationOperations(parts: CloudFormationParts): readonly QueryOperation[] {
  return [describeStacks(parts)];
}
