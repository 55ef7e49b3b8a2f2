import { randomUUID } from 'node:crypto';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { PermanentError } from '../domain/errors.ts';
import type { LedgerEntry, Mailing } from '../domain/ledger.ts';
import { faultsOf, parseVoicemail } from '../domain/voicemail.ts';
import type { LedgerPorts } from '../steps/ports.ts';
import { awsCall } from './aws-call.ts';
import { fromAws } from './aws-errors.ts';

/** Entries that are not at an end carry `open`, so that only they are in the index. */
const OPEN_INDEX = 'open-by-due';
const OPEN = '1';
const OVERDUE_AT_A_TIME = 100;

const entrySchema = z.object({
  contactId: z.string(),
  state: z.enum(['received', 'recorded', 'transcribing', 'delivering', 'delivered', 'blank', 'parked']),
  dueAtMs: z.number().optional(),
  attempts: z.number().default(0),
  voicemail: z.unknown().transform(parseVoicemail),
  deliveredAs: z.enum(['task', 'guided_task', 'email']).optional(),
  recipientName: z.string().optional(),
  timeZone: z.string().optional(),
  notes: z.array(z.string()).optional(),
  mailing: z
    .object({
      atMs: z.number(),
      tries: z.number(),
      messageId: z.string().optional(),
      givenUp: z.enum(['NO_RECIPIENT', 'REFUSED']).optional(),
    })
    .optional(),
  cleanedUpAtMs: z.number().optional(),
  linkRevokedAtMs: z.number().optional(),
});

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
    return Item && parseEntry(Item);
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
      return (await succeeds('dynamodb:PutItem', client.send(command))) ? undefined : findEntry(contactId);
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

    async findOverdue(nowMs) {
      const command = new QueryCommand({
        ...table,
        IndexName: OPEN_INDEX,
        KeyConditionExpression: '#open = :open AND dueAtMs < :now',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':open': OPEN, ':now': nowMs },
        Limit: OVERDUE_AT_A_TIME,
      });
      const { Items = [] } = await awsCall('dynamodb:Query', client.send(command));
      return Items.map(({ contactId }) => String(contactId));
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

function parseEntry(item: unknown): LedgerEntry {
  const parsed = entrySchema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new PermanentError('MALFORMED_EVENT', `not a ledger entry: ${faultsOf(parsed.error)}`);
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
