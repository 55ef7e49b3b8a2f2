import { makeResources, removeResources } from '../template/make-resources.ts';
import type { StackResource } from '../template/resource-kind.ts';
import type { StackVersion } from '../template/stack-version.ts';
import { type Journal, journalOf, reasonOf } from './journal.ts';
import type { Registry } from './registry.ts';
import type { Definition, StackRecord } from './stack-record.ts';

/**
 * Makes everything that a definition says. If something cannot be made, what was made is unmade, unless
 * `keepsFailed`. Never rejects: the stack's status says how it ended.
 */
export async function createStack(
  record: StackRecord,
  definition: Definition,
  { registry, keepsFailed }: { registry: Registry; keepsFailed: boolean },
): Promise<void> {
  const { clock } = registry.cloud;
  const journal = journalOf(record, { clock, paceMs: registry.resourceMs });
  journal.enter('CREATE_IN_PROGRESS', 'User Initiated');
  record.definition = definition;
  const made: StackResource[] = [];
  let version: StackVersion | undefined;
  try {
    version = registry.versionOf(record, definition);
    await makeResources(version, journal.watcher('CREATE'), made);
    registry.settle(record, definition, version);
    journal.enter('CREATE_COMPLETE');
  } catch (error) {
    const reason = failureOf(record, 'create') ?? reasonOf(error);
    if (version) record.version = version;
    const undo = () => rollBack(record, { journal, made, reason, registry });
    if (!keepsFailed) return await undo();
    record.unfinished = { rollBack: undo, made: [] };
    journal.enter('CREATE_FAILED', reason);
  }
}

/** `The following resource(s) failed to create: [Queue].`; undefined if none is the reason. */
export function failureOf({ rows }: StackRecord, verb: 'create' | 'update' | 'delete'): string | undefined {
  const failed = [...rows.values()]
    .filter(({ status }) => status === `${verb.toUpperCase()}_FAILED`)
    .map(({ logicalId }) => logicalId);
  return failed.length > 0
    ? `The following resource(s) failed to ${verb}: [${failed.join(', ')}].`
    : undefined;
}

async function rollBack(
  record: StackRecord,
  {
    journal,
    made,
    reason,
    registry,
  }: { journal: Journal; made: readonly StackResource[]; reason: string; registry: Registry },
): Promise<void> {
  const { clock } = registry.cloud;
  delete record.unfinished;
  journal.enter('ROLLBACK_IN_PROGRESS', `${reason} Rollback requested by user.`);
  await clock.sleep(0);
  const undoing = journalOf(record, { clock, paceMs: registry.resourceMs });
  const { version } = record;
  version?.stop();
  const gone = made.filter(({ described }) => described.DeletionPolicy !== 'Retain');
  const stay = version ? await removeResources(gone, version, undoing.watcher('DELETE')) : [];
  if (stay.length > 0) return undoing.enter('ROLLBACK_FAILED', failureOf(record, 'delete'));
  delete record.version;
  undoing.enter('ROLLBACK_COMPLETE');
}
