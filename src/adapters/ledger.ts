import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PermanentError } from '../domain/errors.ts';
import {
  LEDGER_SCHEMA_VERSION,
  type LedgerEntry,
  type LedgerItem,
  parseLedgerEntry,
} from '../domain/ledger-entry.ts';
import { parkedKeys } from '../domain/ledger-indexes.ts';
import type { LedgerMove } from '../domain/ledger.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import type { LedgerPorts } from '../steps/ports.ts';
import { awsCall } from './aws-call.ts';
import { ledgerDeliveries } from './ledger-deliveries.ts';
import { ledgerFollowUps } from './ledger-follow-ups.ts';
import { ledgerOverdue } from './ledger-overdue.ts';
import { ledgerTaskEnds } from './ledger-task-ends.ts';
import {
  isOneOf,
  ledgerTable,
  type LedgerSettings,
  type LedgerTable,
  OPEN,
  setting,
  succeeds,
} from './ledger-table.ts';

/**
 * The ledger in one DynamoDB table: partition key `contactId`, TTL `expiresAt`,
 * sparse index `open-by-due` on (`open`, `dueAtMs`).
 *
 * Every change is a conditional write, so that two functions cannot both change one voicemail, and writes
 * single members, so that members of a later version stay. A change of state also writes `<state>AtMs`.
 */
export function ledger(dynamodb: DynamoDBClient, settings: LedgerSettings): LedgerPorts {
  const table = ledgerTable(dynamodb, settings);
  return {
    ...ledgerEntries(table),
    ...ledgerDeliveries(table),
    ...ledgerTaskEnds(table),
    ...ledgerFollowUps(table),
    ...ledgerOverdue(table),
  };
}

type EntryPorts = Pick<LedgerPorts, 'noteReceived' | 'isKnown' | 'findEntry' | 'moveEntry'>;

function ledgerEntries(ledgerOf: LedgerTable): EntryPorts {
  const { client, table, now, expiresAt } = ledgerOf;

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
      const Item: LedgerItem = {
        contactId,
        schemaVersion: LEDGER_SCHEMA_VERSION,
        state: 'received',
        open: OPEN,
        dueAtMs,
        attempts: 0,
        voicemail,
        ...(await callerKeys(voicemail)),
        receivedAtMs: now(),
        expiresAt: expiresAt(),
      };
      const ConditionExpression = 'attribute_not_exists(contactId)';
      const command = new PutCommand({ ...table, Item, ConditionExpression });
      if (await succeeds('dynamodb:PutItem', client.send(command))) return undefined;
      return await orUnreadable(findEntry(contactId));
    },

    async isKnown(contactId) {
      const key = { Key: { contactId }, ProjectionExpression: 'contactId', ConsistentRead: true };
      const { Item } = await awsCall('dynamodb:GetItem', client.send(new GetCommand({ ...table, ...key })));
      return Item !== undefined;
    },

    moveEntry: (move) => moveEntry(move, ledgerOf),
  };
}

async function moveEntry(
  { contactId, from, to, dueAtMs, ifDueAtMs, changes = {}, ...move }: LedgerMove,
  { now, expiresAt, change }: LedgerTable,
): Promise<boolean> {
  const isEnd = dueAtMs === undefined;
  const values = { state: to, [`${to}AtMs`]: now(), expiresAt: expiresAt(), ...changes };
  const keys = changes.voicemail && (await callerKeys(changes.voicemail));
  const inbox = to === 'parked' && !changes.deliveredAs ? parkedKeys(now()) : move.inboxKeys;
  const open = isEnd ? {} : { dueAtMs, open: OPEN, attempts: 0 };
  const members = { ...values, ...keys, ...open };
  const set = move.isFirst ? setting({ ...members, ...inbox }) : setting(members, inbox);
  const versioned = `${set.update}, schemaVersion = if_not_exists(schemaVersion, :schemaVersion)`;
  const states = from.length > 0 ? isOneOf(from) : undefined;
  const mayStartFrom = [
    ...(changes.voicemail === undefined ? [] : ['attribute_not_exists(contactId)']),
    ...(states ? [states.condition] : []),
  ];
  return change(contactId, {
    update: `${versioned}${removing({ isEnd, leavesParked: from.includes('parked') })}`,
    condition: [
      `(${mayStartFrom.join(' OR ')})`,
      'attribute_not_exists(deliveredAs)',
      ...(ifDueAtMs === undefined ? [] : ['dueAtMs = :ifDueAtMs']),
    ].join(' AND '),
    names: { ...set.names, ...(isEnd && { '#open': 'open' }) },
    values: {
      ...set.values,
      ...states?.values,
      ':schemaVersion': LEDGER_SCHEMA_VERSION,
      ...(ifDueAtMs !== undefined && { ':ifDueAtMs': ifDueAtMs }),
    },
  });
}

function removing({ isEnd, leavesParked }: { isEnd: boolean; leavesParked: boolean }): string {
  if (isEnd) return ' REMOVE #open, dueAtMs, leaseUntilMs, leaseId';
  return leavesParked ? ' REMOVE inbox, inboxPlace' : '';
}

/** Where it is in the index of callers. Telephone numbers are only loaded by functions that enter voicemails. */
async function callerKeys(voicemail: Voicemail): Promise<Pick<LedgerItem, 'caller' | 'callEndedAtMs'>> {
  const { callerKeyOf } = await import('../domain/caller-key.ts');
  const caller = callerKeyOf(voicemail);
  return caller === undefined ? {} : { caller, callEndedAtMs: voicemail.endedAtMs };
}

/** An entry that cannot be read exists too. */
async function orUnreadable(
  entry: Promise<LedgerEntry | undefined>,
): Promise<LedgerEntry | 'unreadable' | undefined> {
  try {
    return await entry;
  } catch (error) {
    if (error instanceof PermanentError && UNREADABLE.has(error.code)) return 'unreadable';
    throw error;
  }
}

const UNREADABLE: ReadonlySet<string> = new Set<PermanentError['code']>(['MALFORMED_EVENT', 'LATER_VERSION']);
