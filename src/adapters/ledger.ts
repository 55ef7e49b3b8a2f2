import { randomUUID } from 'node:crypto';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PermanentError } from '../domain/errors.ts';
import { isOfLaterVersion, parseLedgerEntry } from '../domain/ledger-entry.ts';
import type { LedgerEntry, Mailing } from '../domain/ledger.ts';
import type { LedgerPorts } from '../steps/ports.ts';
import { awsCall } from './aws-call.ts';
import { fromAws } from './aws-errors.ts';

/** Entries that are not at an end carry `open`, so that only they are in the index. */
const OPEN_INDEX = 'open-by-due';
const OPEN = '1';
const OVERDUE_AT_A_TIME = 100;

/** The SDK takes an object with a member called `constructor`, as a contact attribute may be, for a class instance. */
const MARSHALLING = { removeUndefinedValues: true, convertClassInstanceToMap: true };

export interface LedgerSettings {
  readonly tableName: string;
  /** How long an entry is kept after its last change. */
  readonly retentionMs: number;
  readonly now: () => number;
}

/**
 * The ledger in one DynamoDB table: partition key `contactId`, TTL `expiresAt`,
 * sparse index `open-by-due` on (`open`, `dueAtMs`).
 *
 * Every change is a conditional write, so that two who act on one voicemail
 * cannot both succeed. Changes also note `<state>AtMs`.
 */
export function ledger(
  dynamodb: DynamoDBClient,
  { tableName, retentionMs, now }: LedgerSettings,
): LedgerPorts {
  const client = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: MARSHALLING });
  const table = { TableName: tableName };
  const expiresAt = () => Math.ceil((now() + retentionMs) / 1000);

  async function findEntry(contactId: string): Promise<LedgerEntry | undefined> {
    // Consistent: a step must see what the step before it wrote.
    const command = new GetCommand({ ...table, Key: { contactId }, ConsistentRead: true });
    const { Item } = await awsCall('dynamodb:GetItem', client.send(command));
    return Item && parseLedgerEntry(Item);
  }

  return {
    findEntry,

    async noteReceived(voicemail, dueAtMs) {
      const { contactId } = voicemail;
      const item = { contactId, state: 'received', open: OPEN, dueAtMs, attempts: 0, voicemail };
      const Item = { ...item, receivedAtMs: now(), expiresAt: expiresAt() };
      const command = new PutCommand({
        ...table,
        Item,
        ConditionExpression: 'attribute_not_exists(contactId)',
      });
      if (await succeeds('dynamodb:PutItem', client.send(command))) return undefined;
      return await orUnreadable(findEntry(contactId));
    },

    async isKnown(contactId) {
      const key = { Key: { contactId }, ProjectionExpression: 'contactId', ConsistentRead: true };
      const { Item } = await awsCall('dynamodb:GetItem', client.send(new GetCommand({ ...table, ...key })));
      return Item !== undefined;
    },

    async moveEntry({ contactId, from, to, dueAtMs, ifDueAtMs, changes = {} }) {
      const isEnd = dueAtMs === undefined;
      const values = { state: to, [`${to}AtMs`]: now(), expiresAt: expiresAt(), ...changes };
      const update = setting({ ...values, ...(isEnd ? {} : { dueAtMs, open: OPEN, attempts: 0 }) });
      const command = new UpdateCommand({
        ...table,
        Key: { contactId },
        UpdateExpression: isEnd
          ? `${update.expression} REMOVE #open, dueAtMs, leaseUntilMs, leaseId`
          : update.expression,
        ConditionExpression: [
          `(${isOneOf(from, changes.voicemail !== undefined)})`,
          'attribute_not_exists(deliveredAs)',
          ...(ifDueAtMs === undefined ? [] : ['dueAtMs = :ifDueAtMs']),
        ].join(' AND '),
        ExpressionAttributeNames: { ...update.names, '#state': 'state', ...(isEnd && { '#open': 'open' }) },
        ExpressionAttributeValues: {
          ...update.values,
          ...fromValues(from),
          ...(ifDueAtMs !== undefined && { ':ifDueAtMs': ifDueAtMs }),
        },
      });
      return succeeds('dynamodb:UpdateItem', client.send(command));
    },

    async leaseDelivery({ contactId, nowMs, untilMs, dueAtMs }) {
      const update = setting({
        state: 'delivering',
        deliveringAtMs: nowMs,
        leaseUntilMs: untilMs,
        // The SDK asks again where the answer was lost, and must not find itself in its own way.
        leaseId: randomUUID(),
        dueAtMs,
        open: OPEN,
      });
      const command = new UpdateCommand({
        ...table,
        Key: { contactId },
        UpdateExpression: update.expression,
        ConditionExpression:
          'attribute_exists(contactId) AND attribute_not_exists(deliveredAs) AND (#state <> :state OR leaseUntilMs < :now OR leaseId = :leaseId)',
        ExpressionAttributeNames: update.names,
        ExpressionAttributeValues: { ...update.values, ':now': nowMs },
      });
      return succeeds('dynamodb:UpdateItem', client.send(command));
    },

    async releaseDelivery(contactId) {
      const command = new UpdateCommand({
        ...table,
        Key: { contactId },
        UpdateExpression: 'SET leaseUntilMs = :free',
        ConditionExpression: '#state = :delivering',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':free': 0, ':delivering': 'delivering' },
      });
      await succeeds('dynamodb:UpdateItem', client.send(command));
    },

    async noteMailing(contactId, { before, now: mailing }) {
      const command = new UpdateCommand({
        ...table,
        Key: { contactId },
        UpdateExpression: mailing ? 'SET mailing = :mailing' : 'REMOVE mailing',
        ConditionExpression: [
          '#state = :delivering',
          'attribute_not_exists(deliveredAs)',
          'attribute_not_exists(mailing.messageId)',
          // As it is afterwards as well, for the SDK's own second try.
          `(${isMailing(':before', before)} OR ${isMailing(':now', mailing)})`,
        ].join(' AND '),
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':delivering': 'delivering',
          ...(before && { ':before': before.atMs }),
          ...(mailing && { ':now': mailing.atMs, ':mailing': mailing }),
        },
      });
      return succeeds('dynamodb:UpdateItem', client.send(command));
    },

    async noteMailSent(contactId, messageId) {
      const command = new UpdateCommand({
        ...table,
        Key: { contactId },
        UpdateExpression: 'SET mailing.messageId = :messageId',
        ConditionExpression: 'attribute_exists(mailing) AND attribute_not_exists(deliveredAs)',
        ExpressionAttributeValues: { ':messageId': messageId },
      });
      await succeeds('dynamodb:UpdateItem', client.send(command));
    },

    async markCleanedUp(contactId, atMs) {
      const command = new UpdateCommand({
        ...table,
        Key: { contactId },
        UpdateExpression: 'SET cleanedUpAtMs = :at',
        ConditionExpression: 'attribute_exists(contactId)',
        ExpressionAttributeValues: { ':at': atMs },
      });
      await succeeds('dynamodb:UpdateItem', client.send(command));
    },

    async findOverdue(nowMs, after) {
      const command = new QueryCommand({
        ...table,
        IndexName: OPEN_INDEX,
        KeyConditionExpression: '#open = :open AND dueAtMs < :now',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':open': OPEN, ':now': nowMs },
        Limit: OVERDUE_AT_A_TIME,
        ...(after && { ExclusiveStartKey: after }),
      });
      const { Items = [], LastEvaluatedKey } = await awsCall('dynamodb:Query', client.send(command));
      const overdue = Items.map((item) => ({
        contactId: String(item['contactId']),
        dueAtMs: Number(item['dueAtMs']),
        isOfLaterVersion: isOfLaterVersion(item),
      }));
      return { overdue, after: LastEvaluatedKey };
    },

    async postpone({ contactId, dueAtMs }, nextDueAtMs) {
      const command = new UpdateCommand({
        ...table,
        Key: { contactId },
        UpdateExpression: 'SET dueAtMs = :next',
        ConditionExpression: 'dueAtMs = :due',
        ExpressionAttributeValues: { ':next': nextDueAtMs, ':due': dueAtMs },
      });
      return succeeds('dynamodb:UpdateItem', client.send(command));
    },

    async notePush({ contactId, dueAtMs, attempts }, nextDueAtMs) {
      const command = new UpdateCommand({
        ...table,
        Key: { contactId },
        UpdateExpression: 'SET dueAtMs = :next, attempts = :attempts',
        ConditionExpression: 'dueAtMs = :due',
        ExpressionAttributeValues: { ':next': nextDueAtMs, ':attempts': attempts + 1, ':due': dueAtMs },
      });
      return succeeds('dynamodb:UpdateItem', client.send(command));
    },
  };
}

/** `SET #a = :a, …` for every member; names are aliased because `state` and others are reserved words. */
function setting(members: Readonly<Record<string, unknown>>) {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return {
    expression: `SET ${present.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    names: Object.fromEntries(present.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(present.map(([name, value]) => [`:${name}`, value])),
  };
}

/** Mails are told apart by when they were sent. */
function isMailing(name: string, mailing: Mailing | undefined): string {
  return mailing ? `mailing.atMs = ${name}` : 'attribute_not_exists(mailing)';
}

function isOneOf(states: readonly string[], orAbsent: boolean): string {
  const alternatives = [
    ...(orAbsent ? ['attribute_not_exists(contactId)'] : []),
    ...(states.length > 0 ? [`#state IN (${Object.keys(fromValues(states)).join(', ')})`] : []),
  ];
  return alternatives.join(' OR ');
}

function fromValues(states: readonly string[]): Record<string, string> {
  return Object.fromEntries(states.map((state, index) => [`:from${index}`, state]));
}

/** An entry that cannot be read is there all the same. */
async function orUnreadable(
  entry: Promise<LedgerEntry | undefined>,
): Promise<LedgerEntry | 'unreadable' | undefined> {
  try {
    return await entry;
  } catch (error) {
    if (error instanceof PermanentError && error.code === 'MALFORMED_EVENT') return 'unreadable';
    throw error;
  }
}

/** False when the condition did not hold; anything else that fails is thrown. */
async function succeeds(operation: string, call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw fromAws(error, operation);
  }
}
