import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import type { Engine } from './dynalite-engine.ts';

/**
 * The item of a failed condition, for requests with ReturnValuesOnConditionCheckFailure, which dynalite does
 * not know. It is read just after the failure, so another writer can have changed it in between.
 */
export async function itemOfFailedCondition(engine: Engine, input: JsonObject): Promise<JsonObject> {
  if (input['ReturnValuesOnConditionCheckFailure'] !== 'ALL_OLD') return {};
  const { TableName, Key = await keyOfItem(engine, input) } = input;
  const { Item } = await ask(engine, 'GetItem', { TableName, Key, ConsistentRead: true });
  return Item === undefined ? {} : { Item };
}

/** PutItem has no key: the key is the part of the item that the table's key schema names. */
async function keyOfItem(engine: Engine, { TableName, Item }: JsonObject): Promise<JsonObject> {
  const { Table } = await ask(engine, 'DescribeTable', { TableName });
  const schema = isJsonObject(Table) ? [Table['KeySchema']].flat() : [];
  const names = schema.map((element) => (isJsonObject(element) ? element['AttributeName'] : undefined));
  return Object.fromEntries(
    Object.entries(isJsonObject(Item) ? Item : {}).filter(([name]) => names.includes(name)),
  );
}

async function ask(engine: Engine, operation: string, input: JsonObject): Promise<JsonObject> {
  const { body } = await engine(operation, JSON.stringify(input));
  const answer: unknown = JSON.parse(body);
  return isJsonObject(answer) ? answer : {};
}
