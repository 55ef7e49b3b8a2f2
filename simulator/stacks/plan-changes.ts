import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../gateway/protocols.ts';
import type { StackResource } from '../template/resource-kind.ts';
import type { StackVersion } from '../template/stack-version.ts';
import { validationError } from './errors.ts';
import type { PropertyRules } from './property-rules.ts';
import type { Change, PropertyChange } from './stack-record.ts';

/** What an update of a stack does. */
export interface Plan {
  /** What the stack becomes. */
  readonly version: StackVersion;
  /** By logical id: how often a resource was replaced, after the update. */
  readonly replacements: ReadonlyMap<string, number>;
  readonly changes: readonly Change[];
}

/** Everything of a stack that is not there yet. */
export function additions({ inOrder }: StackVersion): readonly Change[] {
  return inOrder.map(({ logicalId, type }) => ({ action: 'Add', logicalId, type, properties: [] }));
}

/**
 * Compares what is there with what shall be. A resource that is replaced has another id, which can replace the
 * next one.
 *
 * Throws AwsError ValidationError if a resource changes its type.
 */
export function planUpdate(
  before: StackVersion,
  {
    replacements,
    versionWith,
    rules,
  }: {
    replacements: ReadonlyMap<string, number>;
    /** The new version, with that many replacements of each resource. */
    versionWith: (replacements: ReadonlyMap<string, number>) => StackVersion;
    rules: PropertyRules;
  },
): Plan {
  const after = new Map(replacements);
  for (;;) {
    const version = versionWith(new Map(after));
    refuseOtherTypes(before, version);
    const changes = changesBetween(before, version, rules);
    const replaced = changes.filter(({ replacement }) => replacement === 'True');
    const isNew = ({ logicalId }: Change) => after.get(logicalId) === replacements.get(logicalId);
    const found = replaced.filter(isNew);
    if (found.length === 0) return { version, replacements: after, changes };
    for (const { logicalId } of found) after.set(logicalId, (replacements.get(logicalId) ?? 0) + 1);
  }
}

function refuseOtherTypes(before: StackVersion, after: StackVersion): void {
  const other = after.inOrder.filter(({ logicalId, type }) => {
    const old = before.resources.get(logicalId);
    return old && old.type !== type;
  });
  if (other.length === 0) return;
  const names = other.map(({ logicalId }) => logicalId).join(', ');
  throw validationError(
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${names}]`,
  );
}

function changesBetween(before: StackVersion, after: StackVersion, rules: PropertyRules): readonly Change[] {
  return [
    ...after.inOrder.flatMap((resource) => {
      const old = before.resources.get(resource.logicalId);
      return old ? modification(old, resource, rules) : additions({ ...after, inOrder: [resource] });
    }),
    ...before.inOrder.filter(({ logicalId }) => !after.resources.has(logicalId)).map(removal),
  ];
}

function removal({ logicalId, type, identity, described }: StackResource): Change {
  const policyAction = described.DeletionPolicy.startsWith('Retain') ? 'Retain' : 'Delete';
  const physicalId = identity().ref;
  return { action: 'Remove', logicalId, type, physicalId, policyAction, properties: [] };
}

/** Nothing where nothing changes. */
function modification(old: StackResource, next: StackResource, rules: PropertyRules): readonly Change[] {
  const properties = propertyChanges(old, next, rules);
  if (properties.length === 0 && !hasOtherAttributes(old, next)) return [];
  const isReplaced = properties.some(({ recreation }) => recreation === 'Always');
  const mayBe = properties.some(({ recreation }) => recreation === 'Conditionally');
  const isRetained = old.described.UpdateReplacePolicy === 'Retain';
  return [
    {
      action: 'Modify',
      logicalId: old.logicalId,
      type: old.type,
      physicalId: old.identity().ref,
      replacement: isReplaced ? 'True' : mayBe ? 'Conditional' : 'False',
      ...(isReplaced && { policyAction: isRetained ? 'ReplaceAndRetain' : 'ReplaceAndDelete' }),
      properties,
    },
  ];
}

function hasOtherAttributes({ described: old }: StackResource, { described: next }: StackResource): boolean {
  const of = ({ Metadata, DeletionPolicy, UpdateReplacePolicy }: typeof old) => [
    Metadata,
    DeletionPolicy,
    UpdateReplacePolicy,
  ];
  return !isDeepStrictEqual(of(old), of(next));
}

function propertyChanges(old: StackResource, next: StackResource, rules: PropertyRules): PropertyChange[] {
  const [was, is] = [old, next].map((one) => membersOf(one.properties()));
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
  return names
    .filter((name) => !isDeepStrictEqual(was?.[name], is?.[name]))
    .map((name) => ({
      name,
      recreation: rules(next.type, name),
      before: was?.[name],
      after: is?.[name],
    }));
}

function membersOf(properties: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(properties) ? properties : {};
}
