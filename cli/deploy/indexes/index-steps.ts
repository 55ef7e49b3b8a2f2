import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

const Definition = z.looseObject({ AttributeName: z.string() });
const Index = z.looseObject({
  IndexName: z.string(),
  KeySchema: z.array(z.looseObject({ AttributeName: z.string() })),
});
const Properties = z.looseObject({
  AttributeDefinitions: z.array(Definition).default([]),
  KeySchema: z.array(z.looseObject({ AttributeName: z.string() })).default([]),
  GlobalSecondaryIndexes: z.array(Index).default([]),
});
const Resource = z.looseObject({ Type: z.string(), Properties: z.unknown().optional() });
const Template = z.looseObject({ Resources: z.record(z.string(), Resource) });

type Table = z.infer<typeof Properties>;

/** One global secondary index that a table of the stack gets, or no longer has. */
export interface IndexStep {
  /** Of the table. */
  readonly logicalId: string;
  /** `by-caller` */
  readonly index: string;
}

/** The indexes that come to tables that are there, go, and stay. DynamoDB changes one of a table at a time. */
export interface IndexSteps {
  /** In the order in which the wanted template has them. */
  readonly added: readonly IndexStep[];
  readonly removed: readonly IndexStep[];
  /** Those that both have: a deployment that was broken off may have left one that is not ready. */
  readonly kept: readonly IndexStep[];
}

/** `deployed`, `wanted`: templates, JSON. A table that is not deployed yet has all its indexes at once. */
export function indexSteps(deployed: string, wanted: string): IndexSteps {
  const [before, after] = [tablesIn(deployed), tablesIn(wanted)];
  const both = [...after].flatMap(([logicalId, table]) => {
    const was = before.get(logicalId);
    return was ? [{ logicalId, was: namesIn(was), is: namesIn(table) }] : [];
  });
  return {
    added: both.flatMap(({ logicalId, was, is }) => stepsFor(logicalId, is, (name) => !was.includes(name))),
    removed: both.flatMap(({ logicalId, was, is }) => stepsFor(logicalId, was, (name) => !is.includes(name))),
    kept: both.flatMap(({ logicalId, was, is }) => stepsFor(logicalId, is, (name) => was.includes(name))),
  };
}

function stepsFor(logicalId: string, names: readonly string[], isOne: (name: string) => boolean) {
  return names.filter(isOne).map((index) => ({ logicalId, index }));
}

/** A template with indexes that another one has, and the definitions of their keys. Nothing else of it changes. */
export function withIndexesOf(other: string, template: string, steps: readonly IndexStep[]): string {
  const others = tablesIn(other);
  return changed(template, steps, (table, { logicalId, index }) => {
    const added = others
      .get(logicalId)
      ?.GlobalSecondaryIndexes.filter(({ IndexName }) => IndexName === index);
    const names = new Set(table.AttributeDefinitions.map(({ AttributeName }) => AttributeName));
    const keys = (added ?? []).flatMap(({ KeySchema }) =>
      KeySchema.map(({ AttributeName }) => AttributeName),
    );
    const definitions = (others.get(logicalId)?.AttributeDefinitions ?? []).filter(
      ({ AttributeName }) => keys.includes(AttributeName) && !names.has(AttributeName),
    );
    return {
      ...table,
      AttributeDefinitions: [...table.AttributeDefinitions, ...definitions],
      GlobalSecondaryIndexes: [...table.GlobalSecondaryIndexes, ...(added ?? [])],
    };
  });
}

/** A template without indexes, and without the definitions of keys that nothing else has. */
export function withoutIndexes(template: string, steps: readonly IndexStep[]): string {
  return changed(template, steps, (table, { index }) => {
    const left = table.GlobalSecondaryIndexes.filter(({ IndexName }) => IndexName !== index);
    const { GlobalSecondaryIndexes: _, ...others } = table;
    const keys = [table, ...left].flatMap(({ KeySchema }) =>
      KeySchema.map(({ AttributeName }) => AttributeName),
    );
    return {
      ...others,
      AttributeDefinitions: table.AttributeDefinitions.filter(({ AttributeName }) =>
        keys.includes(AttributeName),
      ),
      ...(left.length > 0 && { GlobalSecondaryIndexes: left }),
    };
  });
}

/** Whether a table differs in indexes alone, whose keys are defined in addition: CloudFormation does not replace it. */
export function differsInIndexesAlone(deployed: string, wanted: string, logicalId: string): boolean {
  const [was, is] = [deployed, wanted].map((template) => tablesIn(template).get(logicalId));
  if (!was || !is) return false;
  const { AttributeDefinitions: before, GlobalSecondaryIndexes: _, ...other } = was;
  const { AttributeDefinitions: after, GlobalSecondaryIndexes: __, ...others } = is;
  const isEdited = before.some((one) =>
    after.some((next) => next.AttributeName === one.AttributeName && !isDeepStrictEqual(next, one)),
  );
  return !isEdited && isDeepStrictEqual(other, others);
}

/** Logical ids of the resources that differ in the one template from the other. */
export function differing(one: string, other: string): readonly string[] {
  const [before, after] = [one, other].map((template) => Template.parse(JSON.parse(template)).Resources);
  const ids = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...ids].filter((id) => !isDeepStrictEqual(before?.[id], after?.[id]));
}

function changed<Step extends IndexStep>(
  template: string,
  steps: readonly Step[],
  change: (table: Table, step: Step) => Readonly<Record<string, unknown>>,
): string {
  const { Resources, ...others } = Template.parse(JSON.parse(template));
  for (const step of steps) {
    const resource = Resources[step.logicalId];
    if (!resource) continue;
    Resources[step.logicalId] = {
      ...resource,
      Properties: change(Properties.parse(resource.Properties), step),
    };
  }
  return JSON.stringify({ ...others, Resources });
}

/** By logical id. */
function tablesIn(template: string): ReadonlyMap<string, Table> {
  const resources = Object.entries(Template.parse(JSON.parse(template)).Resources);
  return new Map(
    resources.flatMap(([id, { Type, Properties: properties }]) =>
      Type === 'AWS::DynamoDB::Table' ? [[id, Properties.parse(properties)]] : [],
    ),
  );
}

function namesIn({ GlobalSecondaryIndexes }: Table): readonly string[] {
  return GlobalSecondaryIndexes.map(({ IndexName }) => IndexName);
}
