import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LedgerItem } from '../domain/ledger-entry.ts';
import { NEVER_EXPIRES } from '../domain/ledger-entry.ts';
import { fromAws } from './aws-errors.ts';

/** Only entries that are not at an end have `open`, so that only they are in the index. */
export const OPEN_INDEX = 'open-by-due';
export const OPEN = '1';
/** Those of a caller, by the end of the call. */
export const BY_CALLER = 'by-caller';
/** Those that wait for somebody, and those that were handled: see `inboxKeysOf`. */
export const BY_INBOX = 'by-inbox';

/**
 * The SDK mistakes an object with a member `constructor` for a class instance, and a contact attribute can
 * have that name.
 */
const MARSHALLING = { removeUndefinedValues: true, convertClassInstanceToMap: true };

export interface LedgerSettings {
  readonly tableName: string;
  /** How long an entry is kept after its last change. Infinity: forever. */
  readonly retentionMs: number;
  readonly now: () => number;
}

/** The parts of a conditional UpdateItem, as DynamoDB writes them. */
interface Change {
  readonly update: string;
  /** The change happens only if this holds. */
  readonly condition: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The ledger's table, for the adapters that read and write it. */
export interface LedgerTable {
  readonly client: DynamoDBDocumentClient;
  readonly table: { readonly TableName: string };
  readonly now: () => number;
  /** When DynamoDB can delete an entry that changes now, seconds since the epoch. */
  readonly expiresAt: () => number;
  /**
   * Changes only the members that it names. Returns false, and changes nothing, if the condition does not
   * hold, or if the voicemail was erased: a step that read it before must not bring anything back.
   */
  readonly change: (contactId: string, change: Change) => Promise<boolean>;
  /** The same, and returns the whole item with its changes; undefined if the condition does not hold. */
  readonly changed: (
    contactId: string,
    change: Change,
  ) => Promise<Readonly<Record<string, unknown>> | undefined>;
}

export function ledgerTable(
  dynamodb: DynamoDBClient,
  { tableName, retentionMs, now }: LedgerSettings,
): LedgerTable {
  const client = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: MARSHALLING });
  const table = { TableName: tableName };
  const updateOf = (contactId: string, { update, condition, names, values }: Change) => ({
    ...table,
    Key: { contactId },
    UpdateExpression: update,
    ConditionExpression: `(${condition}) AND attribute_not_exists(erasedAtMs)`,
    ...(names && { ExpressionAttributeNames: names }),
    ExpressionAttributeValues: values,
  });
  return {
    client,
    table,
    now,
    expiresAt: () => Math.min(Math.ceil((now() + retentionMs) / 1000), NEVER_EXPIRES),
    change(contactId, change) {
      return succeeds('dynamodb:UpdateItem', client.send(new UpdateCommand(updateOf(contactId, change))));
    },
    async changed(contactId, change) {
      let item: Readonly<Record<string, unknown>> | undefined;
      const command = new UpdateCommand({ ...updateOf(contactId, change), ReturnValues: 'ALL_NEW' });
      const answer = client.send(command).then(({ Attributes }) => void (item = Attributes));
      return (await succeeds('dynamodb:UpdateItem', answer)) ? item : undefined;
    },
  };
}

/**
 * `SET #a = :a, …` for every member; names are aliased because `state` and others are reserved words. Those of `absent`
 * are written only if they are not there. An entry that is held does not expire, whatever is written.
 */
export function setting(members: Partial<LedgerItem>, absent: Partial<LedgerItem> = {}) {
  const present = Object.entries({ ...members, ...absent }).filter(([, value]) => value !== undefined);
  const valueFor = (name: string) =>
    Object.hasOwn(absent, name) ? `if_not_exists(#${name}, :${name})` : valueOf(name);
  return {
    update: `SET ${present.map(([name]) => `#${name} = ${valueFor(name)}`).join(', ')}`,
    names: Object.fromEntries(present.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(present.map(([name, value]) => [`:${name}`, value])),
  };
}

function valueOf(name: string): string {
  return name === 'expiresAt' ? 'if_not_exists(heldUntil, :expiresAt)' : `:${name}`;
}

/** `#state IN (…)`, and the values that it names. */
export function isOneOf(states: readonly string[]) {
  const values = Object.fromEntries(states.map((state, index) => [`:from${index}`, state]));
  return { condition: `#state IN (${Object.keys(values).join(', ')})`, values };
}

/** Returns false if the condition did not hold; throws every other error. */
export async function succeeds(operation: string, call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw fromAws(error, operation);
  }
}
