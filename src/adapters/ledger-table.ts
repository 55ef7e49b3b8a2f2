import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LedgerItem } from '../domain/ledger-entry.ts';
import { fromAws } from './aws-errors.ts';

/** Entries that are not at an end carry `open`, so that only they are in the index. */
export const OPEN_INDEX = 'open-by-due';
export const OPEN = '1';

/** The SDK takes an object with a member called `constructor`, as a contact attribute may be, for a class instance. */
const MARSHALLING = { removeUndefinedValues: true, convertClassInstanceToMap: true };

export interface LedgerSettings {
  readonly tableName: string;
  /** How long an entry is kept after its last change. */
  readonly retentionMs: number;
  readonly now: () => number;
}

/** The parts of a conditional UpdateItem, as DynamoDB writes them. */
interface Change {
  readonly update: string;
  /** The change happens only where this holds. */
  readonly condition: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The ledger's table, for the adapters that read and write it. */
export interface LedgerTable {
  readonly client: DynamoDBDocumentClient;
  readonly table: { readonly TableName: string };
  readonly now: () => number;
  /** For an entry that changes now: when DynamoDB may delete it, seconds since the epoch. */
  readonly expiresAt: () => number;
  /** Changes the members that it names, and no others. False, and nothing changed, if the condition does not hold. */
  readonly change: (contactId: string, change: Change) => Promise<boolean>;
}

export function ledgerTable(
  dynamodb: DynamoDBClient,
  { tableName, retentionMs, now }: LedgerSettings,
): LedgerTable {
  const client = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: MARSHALLING });
  const table = { TableName: tableName };
  return {
    client,
    table,
    now,
    expiresAt: () => Math.ceil((now() + retentionMs) / 1000),
    change(contactId, { update, condition, names, values }) {
      const command = new UpdateCommand({
        ...table,
        Key: { contactId },
        UpdateExpression: update,
        ConditionExpression: condition,
        ...(names && { ExpressionAttributeNames: names }),
        ExpressionAttributeValues: values,
      });
      return succeeds('dynamodb:UpdateItem', client.send(command));
    },
  };
}

/** `SET #a = :a, …` for every member; names are aliased because `state` and others are reserved words. */
export function setting(members: Partial<LedgerItem>) {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return {
    update: `SET ${present.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    names: Object.fromEntries(present.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(present.map(([name, value]) => [`:${name}`, value])),
  };
}

/** `#state IN (…)`, and the values that it names. */
export function isOneOf(states: readonly string[]) {
  const values = Object.fromEntries(states.map((state, index) => [`:from${index}`, state]));
  return { condition: `#state IN (${Object.keys(values).join(', ')})`, values };
}

/** False when the condition did not hold; anything else that fails is thrown. */
export async function succeeds(operation: string, call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw fromAws(error, operation);
  }
}
