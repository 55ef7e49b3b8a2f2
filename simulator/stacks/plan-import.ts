import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../service.ts';
import { RESOURCE_KINDS } from '../template/resource-kinds.ts';
import { validationError } from './errors.ts';
import { additions, type Plan, planUpdate } from './plan-changes.ts';
import { loadPropertyRules } from './property-rules.ts';
import type { Registry } from './registry.ts';
import {
  type Change,
  type Definition,
  type ImportedResource,
  isGone,
  type StackRecord,
} from './stack-record.ts';

/** A resource that is there, and that a stack shall take in. */
export interface ResourceToImport {
  readonly logicalId: string;
  readonly type: string;
  /** By the property that identifies such a resource: `{ BucketName: 'acme' }`. */
  readonly identifier: Readonly<Record<string, string>>;
}

/** What an import does. `failure`: why its change set cannot be executed. */
interface PlannedImport {
  readonly plan: Plan;
  readonly failure: string | undefined;
}

/**
 * Plans an import: the template adds what is imported, and nothing else changes. Whether the template describes what is
 * there is not looked at. Throws AwsError ValidationError.
 *
 * Source: CloudFormation user guide, "Import resources manually"; the order of the checks and the messages are those
 * that others have measured in 2026, not verified by us.
 */
export async function plannedImport(
  record: StackRecord,
  definition: Definition,
  { toImport, registry }: { toImport: readonly ResourceToImport[]; registry: Registry },
): Promise<PlannedImport> {
  refuseEntries(toImport, definition);
  const imported = new Map(record.imported);
  for (const one of toImport) imported.set(one.logicalId, importedAs(one, record));
  const plan = await planWith(record, definition, { imported, registry });
  refuseOtherChanges(plan.changes, toImport, definition);
  if (!isDeepStrictEqual(definition.template.Outputs, record.definition?.template.Outputs ?? {})) {
    throw validationError('As part of the import operation, you cannot modify or add [Outputs]');
  }
  const failure = await failureOf(toImport, registry);
  if (failure !== undefined) return { plan: { ...plan, changes: [] }, failure };
  const changes = toImport.map((one): Change => ({
    action: 'Import',
    logicalId: one.logicalId,
    type: one.type,
    physicalId: importedAs(one, record).physicalId,
    properties: [],
  }));
  return { plan: { ...plan, changes }, failure };
}

/** What is imported, as it is known after the import. */
function importedAs(
  { logicalId, identifier }: ResourceToImport,
  { replacements }: StackRecord,
): ImportedResource {
  const [physicalId = ''] = Object.values(identifier);
  return { physicalId, replaced: replacements.get(logicalId) ?? 0 };
}

async function planWith(
  record: StackRecord,
  definition: Definition,
  { imported, registry }: { imported: ReadonlyMap<string, ImportedResource>; registry: Registry },
): Promise<Plan> {
  const { version: before, replacements } = record;
  const versionWith = (times: ReadonlyMap<string, number>) =>
    registry.versionOf(record, definition, times, imported);
  if (before) return planUpdate(before, { replacements, versionWith, rules: await loadPropertyRules() });
  const version = versionWith(replacements);
  return { version, replacements, changes: additions(version) };
}

function refuseEntries(toImport: readonly ResourceToImport[], { template }: Definition): void {
  if (toImport.length === 0) throw validationError('Must Provide at least one resource to import');
  if (new Set(toImport.map(({ logicalId }) => logicalId)).size < toImport.length) {
    throw validationError('Every resource to import must have unique LogicalResourceId');
  }
  const unknown = toImport.filter(({ logicalId }) => !(logicalId in template.Resources));
  if (unknown.length > 0) {
    throw validationError(
      `The logical resource ids ${idsOf(unknown)} provided in ResourceToImport do not exist in the template.`,
    );
  }
  for (const { logicalId, type, identifier } of toImport) {
    const key = RESOURCE_KINDS[type]?.import?.identifier;
    if (key === undefined) {
      throw new AwsError('UnknownOperationException', 501, `The simulator does not import ${type}`);
    }
    if (!isDeepStrictEqual(Object.keys(identifier), [key])) {
      throw validationError(`Invalid resource identifier for resource type ${type}. Expected [${key}]`);
    }
    const declared = template.Resources[logicalId]?.Type;
    if (declared === type) continue;
    throw validationError(
      `Resource type of [${logicalId}] passed in ResourceToImport does not match with resource type defined in the template. Resource type in ResourceToImport: ${type}; Resource type in Template: ${declared}.`,
    );
  }
}

function refuseOtherChanges(
  changes: readonly Change[],
  toImport: readonly ResourceToImport[],
  { source }: Definition,
): void {
  const added = changes.filter(({ action }) => action === 'Add');
  if (added.length === 0) {
    throw validationError('The template should contain at least one new resource to import.');
  }
  const there = toImport.filter(({ logicalId }) => !isIn(added, logicalId));
  if (there.length > 0) {
    throw validationError(
      `Resources ${idsOf(there)} passed in ResourceToImport are already in a stack and cannot be imported.`,
    );
  }
  const unlisted = added.filter(({ logicalId }) => !isIn(toImport, logicalId));
  if (unlisted.length > 0) {
    throw validationError(`Resources ${idsOf(unlisted)} is missing from ResourceToImport list`);
  }
  const others = changes.filter(({ action }) => action !== 'Add');
  if (others.length > 0) {
    throw validationError(
      `You have modified resources ${idsOf(others)} in your template that are not being imported. Update, create or delete operations cannot be executed during import operations.`,
    );
  }
  const unruled = toImport.filter(({ logicalId }) => !hasDeletionPolicy(source, logicalId));
  if (unruled.length === 0) return;
  throw validationError(
    `The following resources to import ${idsOf(unruled)} must have DeletionPolicy attribute specified in the template.`,
  );
}

/** Written down in the template: the default is not enough. */
function hasDeletionPolicy(source: unknown, logicalId: string): boolean {
  const { Resources } = Object(source);
  return 'DeletionPolicy' in Object(Object(Resources)[logicalId]);
}

function idsOf(all: readonly { readonly logicalId: string }[]): string {
  return `[${all.map(({ logicalId }) => logicalId).join(', ')}]`;
}

function isIn(all: readonly { readonly logicalId: string }[], wanted: string): boolean {
  return all.some(({ logicalId }) => logicalId === wanted);
}

/** A change set is still made, and says why it failed. */
async function failureOf(
  toImport: readonly ResourceToImport[],
  { records, cloud }: Registry,
): Promise<string | undefined> {
  for (const { type, identifier } of toImport) {
    const [physicalId = ''] = Object.values(identifier);
    const owner = records.find(
      (record) =>
        !isGone(record) &&
        record.version?.inOrder.some((one) => one.type === type && one.identity().ref === physicalId),
    );
    if (owner) return `${physicalId} already exists in stack ${owner.id}`;
    if (!(await RESOURCE_KINDS[type]?.import?.isThere(physicalId, cloud))) {
      return `Resource of type '${type}' with identifier '${physicalId}' was not found.`;
    }
  }
  return undefined;
}
