import { whileBusy } from '../gateway/while-busy.ts';
import { removeResources } from '../template/make-resources.ts';
import type { StackResource } from '../template/resource-kind.ts';
import { RESOURCE_KINDS } from '../template/resource-kinds.ts';
import type { StackVersion } from '../template/stack-version.ts';
import { failureOf } from './create-stack.ts';
import { type Journal, journalOf, reasonOf } from './journal.ts';
import type { Plan } from './plan-changes.ts';
import type { Registry } from './registry.ts';
import type { Definition, StackRecord } from './stack-record.ts';

/** How a resource comes from one version to the next. */
type Step =
  | { readonly kind: 'make'; readonly resource: StackResource }
  | { readonly kind: 'change'; readonly resource: StackResource; readonly before: StackResource };

/**
 * Brings a stack from one version to the next: what is new is made, what changes is changed or replaced, and
 * then what is not needed any more is unmade. If something fails, everything becomes as it was. Never
 * rejects: the stack's status says how it ended.
 */
export async function updateStack(
  record: StackRecord,
  definition: Definition,
  {
    registry,
    before,
    plan,
    keepsFailed,
  }: { registry: Registry; before: StackVersion; plan: Plan; keepsFailed: boolean },
): Promise<void> {
  const { clock } = registry.cloud;
  const journal = journalOf(record, { clock, paceMs: registry.resourceMs });
  journal.enter('UPDATE_IN_PROGRESS', 'User Initiated');
  const done: Step[] = [];
  try {
    await goTo(plan.version, stepsTo(plan, before), { before, journal, done });
    registry.settle(record, definition, plan.version);
  } catch (error) {
    const reason = failureOf(record, 'update') ?? failureOf(record, 'create') ?? reasonOf(error);
    const failure = { registry, before, plan, done, reason };
    if (!keepsFailed) return await rollBack(record, failure);
    leaveUnfinished(record, failure);
    return journal.enter('UPDATE_FAILED', reason);
  }
  for (const [logicalId, times] of plan.replacements) record.replacements.set(logicalId, times);
  record.updatedAtMs = clock.now();
  journal.enter('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  await cleanUp(before, plan, journal);
  journal.enter('UPDATE_COMPLETE');
}

/** The steps by logical id; a resource without one does not change. */
function stepsTo({ version, changes }: Plan, before: StackVersion): ReadonlyMap<string, Step> {
  const steps = new Map<string, Step>();
  for (const { logicalId, action, replacement } of changes) {
    const resource = version.resources.get(logicalId);
    const old = before.resources.get(logicalId);
    if (!resource) continue;
    if (old && action === 'Modify' && replacement !== 'True') {
      steps.set(logicalId, { kind: 'change', resource, before: old });
    } else steps.set(logicalId, { kind: 'make', resource });
  }
  return steps;
}

async function goTo(
  version: StackVersion,
  steps: ReadonlyMap<string, Step>,
  { before, journal, done }: { before: StackVersion; journal: Journal; done: Step[] },
): Promise<void> {
  for (const resource of version.inOrder) {
    const step = steps.get(resource.logicalId);
    if (!step) {
      RESOURCE_KINDS[resource.type]?.settle?.(resource, version.stack);
      continue;
    }
    const watcher = journal.watcher(before.resources.has(resource.logicalId) ? 'UPDATE' : 'CREATE');
    await watcher.begins(resource);
    try {
      await whileBusy(version.stack.cloud.clock, () => take(step, version, before));
    } catch (error) {
      watcher.failed(resource, error);
      throw error;
    }
    done.push(step);
    watcher.ended(resource);
  }
}

async function take(step: Step, { stack }: StackVersion, before: StackVersion): Promise<void> {
  const { resource } = step;
  const kind = RESOURCE_KINDS[resource.type];
  if (step.kind === 'make') return kind?.deploy?.(resource, stack);
  if (kind?.update) return kind.update(resource, stack, step.before);
  await kind?.remove?.(step.before, before.stack);
  try {
    await kind?.deploy?.(resource, stack);
  } catch (error) {
    await kind?.deploy?.(step.before, before.stack);
    throw error;
  }
}

/** Unmakes what was replaced and what is not in the template any more. What cannot be unmade stays. */
async function cleanUp(before: StackVersion, { version, changes }: Plan, journal: Journal): Promise<void> {
  const left = before.inOrder.filter(({ logicalId }) =>
    changes.some(
      (change) =>
        change.logicalId === logicalId && (change.action === 'Remove' || change.replacement === 'True'),
    ),
  );
  const kept = left.filter(({ logicalId, described: { UpdateReplacePolicy, DeletionPolicy } }) =>
    (version.resources.has(logicalId) ? UpdateReplacePolicy : DeletionPolicy).startsWith('Retain'),
  );
  for (const resource of kept) journal.tell(resource, 'DELETE_SKIPPED');
  const gone = left.filter((resource) => !kept.includes(resource));
  await removeResources(gone, before, journal.watcher('DELETE'));
  // The row of a resource that was replaced is the new one's.
  for (const { logicalId } of left) {
    const replaced = version.resources.get(logicalId);
    if (replaced) journal.mark(replaced, 'UPDATE_COMPLETE');
  }
}

interface Failure {
  readonly registry: Registry;
  readonly before: StackVersion;
  readonly plan: Plan;
  /** The steps that the update took, and that were not taken back yet. */
  readonly done: readonly Step[];
  readonly reason: string;
}

function leaveUnfinished(record: StackRecord, failure: Failure): void {
  const made = failure.done.filter(({ kind }) => kind === 'make').map(({ resource }) => resource);
  record.unfinished = {
    made,
    rollBack: (skipped) =>
      rollBack(record, {
        ...failure,
        done: failure.done.filter(({ resource }) => !skipped.includes(resource.logicalId)),
      }),
  };
}

async function rollBack(record: StackRecord, failure: Failure): Promise<void> {
  const { registry, before, plan, done, reason } = failure;
  const { clock } = registry.cloud;
  const journal = journalOf(record, { clock, paceMs: registry.resourceMs });
  delete record.unfinished;
  journal.enter('UPDATE_ROLLBACK_IN_PROGRESS', reason);
  const left = await changeBack(before, plan.version, { done, journal });
  if (left.length > 0) {
    leaveUnfinished(record, { ...failure, done: left });
    return journal.enter('UPDATE_ROLLBACK_FAILED', failureOf(record, 'update'));
  }
  journal.enter('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  const made = done.filter(({ kind }) => kind === 'make').map(({ resource }) => resource);
  await removeResources(made, plan.version, journal.watcher('DELETE'));
  for (const { logicalId } of made) {
    const old = before.resources.get(logicalId);
    if (old) journal.mark(old, 'UPDATE_COMPLETE');
  }
  for (const [logicalId, { status }] of record.rows) {
    const old = before.resources.get(logicalId);
    const failed = status.endsWith('_FAILED') && (old ?? plan.version.resources.get(logicalId));
    if (failed) journal.tell(failed, old ? 'UPDATE_COMPLETE' : 'DELETE_COMPLETE');
  }
  journal.enter('UPDATE_ROLLBACK_COMPLETE');
}

/** Takes changes back, until one cannot be. Returns the steps that are left then, what was made among them. */
async function changeBack(
  before: StackVersion,
  after: StackVersion,
  { done, journal }: { done: readonly Step[]; journal: Journal },
): Promise<readonly Step[]> {
  const watcher = journal.watcher('UPDATE');
  let left = done;
  for (const resource of before.inOrder) {
    const step = done.find((one) => one.resource.logicalId === resource.logicalId);
    if (step?.kind !== 'change') {
      RESOURCE_KINDS[resource.type]?.settle?.(resource, before.stack);
      continue;
    }
    await watcher.begins(resource);
    const back: Step = { kind: 'change', resource, before: step.resource };
    try {
      await whileBusy(before.stack.cloud.clock, () => take(back, before, after));
    } catch (error) {
      watcher.failed(resource, error);
      return left;
    }
    left = left.filter((one) => one !== step);
    watcher.ended(resource);
  }
  return [];
}
