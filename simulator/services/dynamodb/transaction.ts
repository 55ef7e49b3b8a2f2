import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import type { DynamodbParts } from './parts.ts';
import { tableName } from './table-permissions.ts';

/** The four things that a transaction can do, and the operation that each needs a permission for. */
export const ACTIONS = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
} as const;
type Kind = keyof typeof ACTIONS;

export interface TransactItem {
  readonly kind: Kind;
  readonly input: JsonObject;
}

type AnswerOf = DynamodbParts['answerOf'];

/** What was at an item's key before. */
interface Place {
  readonly TableName: string;
  readonly Key: JsonObject;
  /** Absent: there was none. */
  readonly before?: JsonObject;
}

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: JsonObject;
}

const NONE: Reason = { Code: 'None' };

/** Errors of one item that cancel the transaction. Source: DynamoDB API reference, TransactionCanceledException. */
const CANCELS = [
  /^An operand in the update expression has an incorrect data type/,
  /^The provided expression refers to an attribute that does not exist in the item/,
  /^The update expression attempted to update the secondary index key to unsupported type/,
  /^Item size/,
  /^Number overflow/,
];

/**
 * Does all of it or nothing: what was done is put back if a condition does not hold. Nobody may come in between.
 * Throws AwsError TransactionCanceledException, with a reason for each item.
 */
export async function transact(items: readonly TransactItem[], answerOf: AnswerOf): Promise<void> {
  const places = await Promise.all(items.map((item) => placeOf(item, answerOf)));
  refuseTwice(places);
  const reasons: Reason[] = [];
  try {
    for (const [index, item] of items.entries()) {
      reasons.push(await reasonAgainst(item, places[index]?.before, answerOf));
    }
  } catch (error) {
    await putBack(places, answerOf);
    throw error;
  }
  const isOff = reasons.some(({ Code }) => Code !== NONE.Code);
  // A check of an item that is not there has made an empty one.
  await putBack(
    isOff ? places : places.filter((_, index) => items[index]?.kind === 'ConditionCheck'),
    answerOf,
  );
  if (isOff) throw canceled(reasons);
}

async function placeOf({ kind, input }: TransactItem, answerOf: AnswerOf): Promise<Place> {
  const TableName = tableName(String(input['TableName']));
  const Key = kind === 'Put' ? await keyOf(TableName, input['Item'], answerOf) : input['Key'];
  if (!isJsonObject(Key)) throw invalid('The provided key element does not match the schema');
  const { Item } = await asked(answerOf, 'GetItem', { TableName, Key, ConsistentRead: true });
  return { TableName, Key, ...(isJsonObject(Item) && { before: Item }) };
}

async function keyOf(TableName: string, item: unknown, answerOf: AnswerOf): Promise<JsonObject> {
  const { Table } = await asked(answerOf, 'DescribeTable', { TableName });
  const schema = isJsonObject(Table) ? [Table['KeySchema']].flat().filter(isJsonObject) : [];
  const names = schema.map(({ AttributeName }) => AttributeName);
  const members = Object.entries(isJsonObject(item) ? item : {});
  return Object.fromEntries(members.filter(([name]) => names.includes(name)));
}

function refuseTwice(places: readonly Place[]): void {
  const keys = places.map(({ TableName, Key }) =>
    [
      TableName,
      ...Object.entries(Key)
        .map((pair) => JSON.stringify(pair))
        .toSorted(),
    ].join(' '),
  );
  if (new Set(keys).size === keys.length) return;
  throw invalid('Transaction request cannot include multiple operations on one item');
}

/** Does one item. A check is an update that changes nothing. */
async function reasonAgainst(
  { kind, input }: TransactItem,
  before: JsonObject | undefined,
  answerOf: AnswerOf,
): Promise<Reason> {
  const { ReturnValuesOnConditionCheckFailure: returned, ...rest } = input;
  try {
    await answerOf(kind === 'ConditionCheck' ? 'UpdateItem' : ACTIONS[kind], rest);
    return NONE;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { code, message } = error;
    if (code === 'ConditionalCheckFailedException') {
      return {
        Code: 'ConditionalCheckFailed',
        Message: message,
        ...(returned === 'ALL_OLD' && before && { Item: before }),
      };
    }
    if (code === 'ValidationException' && CANCELS.some((one) => one.test(message))) {
      return { Code: 'ValidationError', Message: message };
    }
    throw error;
  }
}

async function putBack(places: readonly Place[], answerOf: AnswerOf): Promise<void> {
  for (const { TableName, Key, before } of places) {
    if (before) await answerOf('PutItem', { TableName, Item: before });
    else await answerOf('DeleteItem', { TableName, Key });
  }
}

function canceled(reasons: readonly Reason[]): AwsError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new AwsError('TransactionCanceledException', 400, message, { CancellationReasons: reasons });
}

/** An operation's answer, read. */
export async function asked(answerOf: AnswerOf, operation: string, input: JsonObject): Promise<JsonObject> {
  const answer: unknown = JSON.parse(await answerOf(operation, input));
  return isJsonObject(answer) ? answer : {};
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', 400, message);
}

/** Source: DynamoDB API reference: 1 to 100 items. */
const MOST_ITEMS = 100;

/** The items of a transaction. Throws AwsError ValidationException. */
export function transactItems(input: JsonObject): readonly JsonObject[] {
  const items = Array.isArray(input['TransactItems']) ? input['TransactItems'] : [];
  if (items.length >= 1 && items.length <= MOST_ITEMS && items.every(isJsonObject)) return items;
  const bound =
    items.length > MOST_ITEMS ? `less than or equal to ${MOST_ITEMS}` : 'greater than or equal to 1';
  throw invalid(
    `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length ${bound}`,
  );
}
