import { removeResources } from '../template/make-resources.ts';
import { failureOf } from './create-stack.ts';
import { journalOf } from './journal.ts';
import type { Registry } from './registry.ts';
import type { StackRecord } from './stack-record.ts';

/**
 * Unmakes a stack, but for what its template retains, and what `retained` names. Never rejects: the stack's
 * status says how it ended.
 */
export async function deleteStack(
  record: StackRecord,
  { registry, retained }: { registry: Registry; retained: readonly string[] },
): Promise<void> {
  const { clock } = registry.cloud;
  const journal = journalOf(record, { clock, paceMs: registry.resourceMs });
  const { version } = record;
  if (!version) {
    record.deletedAtMs = clock.now();
    return journal.enter('DELETE_COMPLETE');
  }
  journal.enter('DELETE_IN_PROGRESS', 'User Initiated');
  version.stop();
  await removeResources(record.unfinished?.made ?? [], version, journal.watcher('DELETE'));
  delete record.unfinished;
  const there = version.inOrder.filter(({ logicalId }) => isThere(record, logicalId));
  const kept = there.filter(
    ({ logicalId, described }) =>
      described.DeletionPolicy.startsWith('Retain') || retained.includes(logicalId),
  );
  for (const resource of kept) journal.tell(resource, 'DELETE_SKIPPED');
  const rest = there.filter((resource) => !kept.includes(resource));
  const stay = await removeResources(rest, version, journal.watcher('DELETE'));
  if (stay.length > 0) return journal.enter('DELETE_FAILED', failureOf(record, 'delete'));
  delete record.version;
  delete record.deployment;
  record.deletedAtMs = clock.now();
  journal.enter('DELETE_COMPLETE');
  for (const changeSet of record.changeSets) changeSet.executionStatus = 'OBSOLETE';
}

/** A resource that was never made, and one that went at an earlier try, is not. */
function isThere({ rows }: StackRecord, logicalId: string): boolean {
  const status = rows.get(logicalId)?.status ?? '';
  return status !== '' && !['CREATE_FAILED', 'DELETE_COMPLETE', 'DELETE_SKIPPED'].includes(status);
}
