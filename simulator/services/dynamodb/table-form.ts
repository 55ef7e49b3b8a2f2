import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../../account.ts';
import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';

const TABLE_PROPERTIES = ['AttributeDefinitions', 'KeySchema', 'BillingMode', 'ProvisionedThroughput'];
const INDEX_PROPERTIES = ['IndexName', 'KeySchema', 'Projection', 'ProvisionedThroughput'];
const CAPACITY = ['ReadCapacityUnits', 'WriteCapacityUnits'];

/** dynalite takes Region and account from the environment, or its own defaults. */
const DYNALITE_ACCOUNT = /arn:aws:dynamodb:[^:"]*:\d+(?=:table\/)/g;

/** dynalite's ids are too short for the form that AWS's model gives them. */
const DYNALITE_ID = /("TableId":"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{8})"/g;

/** A table's description in dynalite's answer, with the account's ARNs. */
export function asAws(answer: string, { partition, region, id }: Account): string {
  return answer
    .replaceAll(DYNALITE_ACCOUNT, `arn:${partition}:dynamodb:${region}:${id}`)
    .replaceAll(DYNALITE_ID, (_, found: string) => `${found}0000"`);
}

/** An answer about a table, without what dynalite says beside DynamoDB's members, and described further. */
export function asInTheModel(body: string, describe: (table: JsonObject) => JsonObject): string {
  const answer: unknown = JSON.parse(body, (name, value: unknown) => {
    if (name === 'TableThroughputModeSummary') return undefined;
    const isTable = (name === 'Table' || name === 'TableDescription') && isJsonObject(value);
    return isTable ? describe(value) : value;
  });
  return JSON.stringify(answer);
}

/** CreateTable's input. `properties` are those of AWS::DynamoDB::Table. */
export function tableInput(name: string, properties: JsonObject): JsonObject {
  const indexes = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'] as const;
  return {
    TableName: name,
    ...picked(properties, TABLE_PROPERTIES),
    ...Object.fromEntries(
      indexes.flatMap((kind) => {
        const listed = [properties[kind] ?? []].flat().filter(isJsonObject);
        return listed.length === 0 ? [] : [[kind, listed.map((index) => picked(index, INDEX_PROPERTIES))]];
      }),
    ),
  };
}

/** CreateTable's input for a table like the described one. */
export function inputLike(described: JsonObject, name: string): JsonObject {
  const BillingMode = billingModeOf(described);
  const plain = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (member, inner: unknown) => {
        if (member !== 'ProvisionedThroughput' || !isJsonObject(inner)) return inner;
        return BillingMode === 'PROVISIONED' ? picked(inner, CAPACITY) : undefined;
      }),
    );
  const table = plain(described);
  return tableInput(name, { ...(isJsonObject(table) && table), BillingMode });
}

export function billingModeOf({ BillingModeSummary: billing }: JsonObject): unknown {
  return isJsonObject(billing) ? billing['BillingMode'] : 'PROVISIONED';
}

/** UpdateTable's changes, one for each index that is new or gone, and two for one that is another one. */
export function indexChanges(before: JsonObject, after: JsonObject): readonly JsonObject[] {
  const [old, wanted] = [globalIndexesIn(before), globalIndexesIn(after)];
  return [
    ...old.filter((one) => !isIn(wanted, one)).map(({ IndexName }) => ({ Delete: { IndexName } })),
    ...wanted.filter((one) => !isIn(old, one)).map((Create) => ({ Create })),
  ];
}

function globalIndexesIn({ GlobalSecondaryIndexes: indexes }: JsonObject): readonly JsonObject[] {
  return [indexes ?? []]
    .flat()
    .filter(isJsonObject)
    .map((index) => picked(index, INDEX_PROPERTIES));
}

function isIn(indexes: readonly JsonObject[], wanted: JsonObject): boolean {
  return indexes.some((one) => isDeepStrictEqual(fixedPart(one), fixedPart(wanted)));
}

/** What of an index cannot be changed. */
function fixedPart({ IndexName, KeySchema, Projection }: JsonObject): readonly unknown[] {
  return [IndexName, KeySchema, Projection];
}

export function picked(from: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}
