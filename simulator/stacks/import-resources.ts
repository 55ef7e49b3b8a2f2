import { RESOURCE_KINDS } from '../template/resource-kinds.ts';
import type { StackResource } from '../template/resource-kind.ts';
import { TemplateError } from '../template/template-error.ts';
import { journalOf } from './journal.ts';
import type { Plan } from './plan-changes.ts';
import type { Registry } from './registry.ts';
import type { Definition, StackRecord } from './stack-record.ts';

/**
 * Takes resources into a stack as they are. If one is not there any more, the stack becomes as it was. Never rejects:
 * the stack's status says how it ended.
 *
 * How an import is rolled back is CloudFormation's documented list of statuses, not verified by us.
 */
export async function importResources(
  record: StackRecord,
  definition: Definition,
  { registry, plan }: { registry: Registry; plan: Plan },
): Promise<void> {
  const { cloud } = registry;
  const journal = journalOf(record, { clock: cloud.clock, pace: registry.pace });
  const watcher = journal.watcher('IMPORT');
  journal.enter('IMPORT_IN_PROGRESS', 'User Initiated');
  const taken: StackResource[] = [];
  for (const { logicalId, physicalId = '' } of plan.changes) {
    const resource = plan.version.resources.get(logicalId);
    if (!resource) continue;
    await watcher.begins(resource);
    if (!(await RESOURCE_KINDS[resource.type]?.import?.isThere(physicalId, cloud))) {
      watcher.failed(resource, new TemplateError(`${physicalId} was not found.`));
      journal.enter(
        'IMPORT_ROLLBACK_IN_PROGRESS',
        `The following resource(s) failed to import: [${logicalId}].`,
      );
      for (const one of taken) journal.tell(one, 'IMPORT_ROLLBACK_COMPLETE');
      for (const { logicalId: id } of plan.changes) record.rows.delete(id);
      return journal.enter('IMPORT_ROLLBACK_COMPLETE');
    }
    watcher.ended(resource);
    taken.push(resource);
  }
  for (const { logicalId, physicalId = '' } of plan.changes) {
    record.imported.set(logicalId, { physicalId, replaced: record.replacements.get(logicalId) ?? 0 });
  }
  registry.settle(record, definition, plan.version);
  record.updatedAtMs = cloud.clock.now();
  journal.enter('IMPORT_COMPLETE');
}
