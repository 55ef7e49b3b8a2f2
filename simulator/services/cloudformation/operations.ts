import type { QueryOperation } from '../../gateway/query-protocol.ts';
import { continueUpdateRollback } from './operations/continue-update-rollback.ts';
import { rollbackStack } from './operations/rollback-stack.ts';
import { createChangeSet } from './operations/create-change-set.ts';
import { deleteChangeSet } from './operations/delete-change-set.ts';
import { deleteStack } from './operations/delete-stack.ts';
import { describeChangeSet } from './operations/describe-change-set.ts';
import { describeStackEvents } from './operations/describe-stack-events.ts';
import { executeChangeSet } from './operations/execute-change-set.ts';
import { listChangeSets } from './operations/list-change-sets.ts';
import { updateTerminationProtection } from './operations/update-termination-protection.ts';
import { describeStackResourceDrifts } from './operations/describe-stack-resource-drifts.ts';
import { describeStackResources } from './operations/describe-stack-resources.ts';
import { describeStacks } from './operations/describe-stacks.ts';
import { getTemplate } from './operations/get-template.ts';
import { listStackResources } from './operations/list-stack-resources.ts';
import { listStacks } from './operations/list-stacks.ts';
import { describeStackResource } from './operations/describe-stack-resource.ts';
import { getTemplateSummary } from './operations/get-template-summary.ts';
import { validateTemplate } from './operations/validate-template.ts';
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
    createChangeSet(parts),
    deleteChangeSet(parts),
    deleteStack(parts),
    describeChangeSet(parts),
    describeStackEvents(parts),
    executeChangeSet(parts),
    listChangeSets(parts),
    updateTerminationProtection(parts),
    rollbackStack(parts),
    continueUpdateRollback(parts),
    describeStackResource(parts),
    getTemplateSummary(parts),
    validateTemplate(parts),
  ];
}
