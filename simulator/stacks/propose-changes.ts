import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { alreadyExists, cannotBeUpdated } from './errors.ts';
import { additions, type Plan, planUpdate } from './plan-changes.ts';
import { plannedImport, type ResourceToImport } from './plan-import.ts';
import { loadPropertyRules } from './property-rules.ts';
import type { Registry } from './registry.ts';
import { type ChangeSet, type Definition, isUpdatable, type StackRecord } from './stack-record.ts';

export interface NewChangeSet {
  readonly stackName: string;
  readonly name: string;
  readonly description?: string;
  readonly type: ChangeSet['type'];
  readonly definition: Definition;
  /** Of an import. */
  readonly toImport: readonly ResourceToImport[];
}

/** A change set for the stack that is asked for, which is opened if it is not there. Throws AwsErrors. */
export async function proposed(
  asked: NewChangeSet,
  registry: Registry,
): Promise<{ record: StackRecord; plan: Plan; changeSet: ChangeSet }> {
  const { name, description, type, definition, toImport } = asked;
  const { account, cloud } = registry;
  const record = stackFor(asked, registry);
  if (record.changeSets.some((one) => one.name === name)) throw alreadyExists(`ChangeSet ${name}`);
  const { plan, failure } = await orForgotten(record, registry, async () =>
    type === 'IMPORT'
      ? await plannedImport(record, definition, { toImport, registry })
      : { plan: await plannedFor(record, definition, registry), failure: undefined },
  );
  // Somebody else may have been at work meanwhile.
  if (type === 'UPDATE' && !isUpdatable(record)) throw cannotBeUpdated(record);
  const { changes } = plan;
  const { partition, region, id } = account;
  const changeSet: ChangeSet = {
    id: `arn:${partition}:cloudformation:${region}:${id}:changeSet/${name}/${randomUUID()}`,
    name,
    ...(description !== undefined && { description }),
    type,
    createdAtMs: cloud.clock.now(),
    definition,
    changes,
    ...resultOf(
      failure ?? (changes.length === 0 && isTheSame(definition, record.definition) ? NOTHING : undefined),
    ),
  };
  return { record, plan, changeSet };
}

/** The stack that a change set is for. One that begins with it is in review. */
function stackFor({ type, stackName }: NewChangeSet, registry: Registry): StackRecord {
  const found = registry.find(stackName);
  if (type === 'UPDATE') {
    const record = found ?? registry.require(stackName);
    if (!isUpdatable(record)) throw cannotBeUpdated(record);
    return record;
  }
  if (found?.status === 'REVIEW_IN_PROGRESS') return found;
  if (found && type === 'IMPORT') {
    if (!isUpdatable(found)) throw cannotBeUpdated(found);
    return found;
  }
  if (registry.isTaken(stackName)) throw alreadyExists(`Stack [${stackName}]`);
  return registry.open(stackName);
}

/** Of a template that CloudFormation refuses, nothing is left, not even a stack in review. */
async function orForgotten<Planned>(
  record: StackRecord,
  registry: Registry,
  plan: () => Promise<Planned>,
): Promise<Planned> {
  try {
    return await plan();
  } catch (error) {
    if (record.changeSets.length === 0 && !record.definition) registry.forget(record);
    throw error;
  }
}

async function plannedFor(record: StackRecord, definition: Definition, registry: Registry): Promise<Plan> {
  const { version: before, replacements } = record;
  if (!before) {
    const version = registry.versionOf(record, definition);
    return { version, replacements, changes: additions(version) };
  }
  const rules = await loadPropertyRules();
  const versionWith = (times: ReadonlyMap<string, number>) => registry.versionOf(record, definition, times);
  return planUpdate(before, { replacements, versionWith, rules });
}

const NOTHING =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** `failure`: why it cannot be executed. Undefined: it can. */
function resultOf(failure: string | undefined) {
  return failure === undefined
    ? ({ status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE' } as const)
    : ({ status: 'FAILED', executionStatus: 'UNAVAILABLE', statusReason: failure } as const);
}

/** Whether a stack would have the same outputs, tags and settings, too. */
function isTheSame(one: Definition, other: Definition | undefined): boolean {
  return other !== undefined && isDeepStrictEqual(besidesResources(one), besidesResources(other));
}

function besidesResources({ template, tags, notificationArns, parameters }: Definition) {
  return [template.Outputs, tags, notificationArns, parameters];
}
