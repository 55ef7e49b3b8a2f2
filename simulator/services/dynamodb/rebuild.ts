import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import type { Engine } from './dynalite-engine.ts';
import { inputLike } from './table-form.ts';

/** The most that BatchWriteItem takes. */
const AT_A_TIME = 25;

/**
 * Makes the described table again, with its items: dynalite 4.0.0 takes the creation and deletion of an index, and does
 * nothing. Returns how many items there are. Throws AwsError, and changes nothing, if dynalite refuses the description.
 */
export async function rebuild(engine: Engine, described: JsonObject): Promise<number> {
  const name = String(described['TableName']);
  const input = (TableName: string) => withKeysOnly(inputLike(described, TableName));
  const trial = `${name}.trial`;
  await make(engine, input(trial));
  await unmake(engine, trial);
  const items = await itemsOf(engine, name);
  await unmake(engine, name);
  await make(engine, input(name));
  for (let from = 0; from < items.length; from += AT_A_TIME) {
    const requests = items.slice(from, from + AT_A_TIME).map((Item) => ({ PutRequest: { Item } }));
    await asked(engine, 'BatchWriteItem', { RequestItems: { [name]: requests } });
  }
  return items.length;
}

/** The definitions of attributes that are keys: CreateTable refuses others. */
function withKeysOnly(input: JsonObject): JsonObject {
  const keys = [input, ...listOf(input['GlobalSecondaryIndexes']), ...listOf(input['LocalSecondaryIndexes'])];
  const names = new Set(
    keys.flatMap(({ KeySchema }) => listOf(KeySchema).map(({ AttributeName }) => AttributeName)),
  );
  const definitions = new Map(
    listOf(input['AttributeDefinitions']).map((one) => [one['AttributeName'], one]),
  );
  const AttributeDefinitions = [...definitions.values()].filter((one) => names.has(one['AttributeName']));
  return { ...input, AttributeDefinitions };
}

async function make(engine: Engine, input: JsonObject): Promise<void> {
  await asked(engine, 'CreateTable', input);
  while ((await statusOf(engine, input['TableName'])) !== 'ACTIVE') await new Promise(setImmediate);
}

async function unmake(engine: Engine, TableName: string): Promise<void> {
  await asked(engine, 'DeleteTable', { TableName });
  while ((await statusOf(engine, TableName)) !== undefined) await new Promise(setImmediate);
}

async function statusOf(engine: Engine, TableName: unknown): Promise<unknown> {
  const { status, body } = await engine('DescribeTable', JSON.stringify({ TableName }));
  const answer: unknown = JSON.parse(body);
  const table = status === 200 && isJsonObject(answer) ? answer['Table'] : undefined;
  return isJsonObject(table) ? table['TableStatus'] : undefined;
}

async function itemsOf(engine: Engine, TableName: string): Promise<readonly JsonObject[]> {
  const items: JsonObject[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const from = ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey };
    const page = await asked(engine, 'Scan', { TableName, ...from });
    items.push(...listOf(page['Items']));
    ExclusiveStartKey = page['LastEvaluatedKey'];
  } while (ExclusiveStartKey !== undefined);
  return items;
}

/** Throws AwsError as DynamoDB words it. */
export async function asked(engine: Engine, operation: string, input: JsonObject): Promise<JsonObject> {
  const { status, body } = await engine(operation, JSON.stringify(input));
  const answer: unknown = JSON.parse(body);
  const members = isJsonObject(answer) ? answer : {};
  if (status === 200) return members;
  const { __type: type, message, Message } = members;
  const text = [message, Message].find((one) => typeof one === 'string') ?? '';
  throw new AwsError(String(type).replace(/^.*#/, ''), status, text);
}

function listOf(value: unknown): readonly JsonObject[] {
  return [value ?? []].flat().filter(isJsonObject);
}
