import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { RefusedError } from '../command.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';

/** The ledger's table, and where it is. */
export interface LedgerPlace {
  readonly client: DynamoDBDocumentClient;
  readonly TableName: string;
  readonly place: AskedPlace;
}

export type Item = Readonly<Record<string, unknown>>;

/** What an index has of an entry. */
export interface IndexKey {
  readonly contactId: string;
  /** In the index of the inbox. */
  readonly inboxPlace: string;
}

export interface Asked {
  readonly index: string;
  /** A partition, and what its sort key must be. */
  readonly condition: string;
  readonly values: Item;
  /** Absent: all. */
  readonly limit?: number | undefined;
  readonly isBackward?: boolean;
}

/** DynamoDB gives no more at once. */
const BATCH = 100;
/** Names in conditions that DynamoDB reserves, or may. */
const ALIASES = ['open', 'caller', 'inbox'];

/** The keys in an index, in its order. Throws RefusedError, in words. */
export async function queryIndex(
  { index, condition, values, limit = Infinity, isBackward }: Asked,
  { client, TableName, place }: LedgerPlace,
): Promise<readonly IndexKey[]> {
  const aliases = ALIASES.filter((name) => condition.includes(`#${name}`));
  const found: IndexKey[] = [];
  let after: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName,
      IndexName: index,
      KeyConditionExpression: condition,
      ExpressionAttributeNames: Object.fromEntries(aliases.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: { ...values },
      ScanIndexForward: isBackward !== true,
      ...(Number.isFinite(limit) && { Limit: limit - found.length }),
      ...(after && { ExclusiveStartKey: { ...after } }),
    });
    const { Items = [], LastEvaluatedKey } = await askAws('dynamodb:Query', place, () =>
      client.send(command).catch((error: unknown) => {
        throw nameOf(error) === 'ValidationException' ? noIndex(index, error) : error;
      }),
    );
    found.push(...Items.map(keyIn));
    after = LastEvaluatedKey;
  } while (after !== undefined && found.length < limit);
  return found;
}

function keyIn({ contactId, inboxPlace }: Item): IndexKey {
  return { contactId: String(contactId), inboxPlace: String(inboxPlace) };
}

function noIndex(index: string, cause: unknown): RefusedError {
  return new RefusedError(
    `the ledger has no index ${index} yet, or it is still being made. If the stack is of an earlier version: npx vmx upgrade`,
    { cause },
  );
}

/** The items of contacts, in their order. Those that are gone are left out. Throws RefusedError, in words. */
export async function itemsOf(contactIds: readonly string[], ledger: LedgerPlace): Promise<readonly Item[]> {
  const items = new Map<string, Item>();
  for (let from = 0; from < contactIds.length; from += BATCH) {
    const batch = contactIds.slice(from, from + BATCH).map((contactId) => ({ contactId }));
    for (const item of await batchOf(batch, ledger)) items.set(String(item['contactId']), item);
  }
  return contactIds.map((contactId) => items.get(contactId)).filter((item) => item !== undefined);
}

/** DynamoDB may leave some out: they are asked for again. */
async function batchOf(
  wanted: readonly Item[],
  { client, TableName, place }: LedgerPlace,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let Keys = wanted.map((key) => ({ ...key }));
  while (Keys.length > 0) {
    const command = new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } });
    const { Responses = {}, UnprocessedKeys = {} } = await askAws('dynamodb:BatchGetItem', place, () =>
      client.send(command),
    );
    found.push(...(Responses[TableName] ?? []));
    Keys = UnprocessedKeys[TableName]?.Keys ?? [];
  }
  return found;
}
