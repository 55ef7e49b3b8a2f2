import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  paginateScan,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { ledger } from '../../src/adapters/ledger.ts';
import { OPEN, OPEN_INDEX } from '../../src/adapters/ledger-table.ts';
import {
  LEDGER_STATES,
  type LedgerState,
  type ReadableMembers,
  readableMembers,
} from '../../src/domain/ledger-entry.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { type EntryChange, type LedgerHolds, ledgerHolds } from './ledger-holds.ts';
import { PATIENT } from './patience.ts';

/** A member is absent if this version cannot read it. */
type ShownMembers = Pick<
  ReadableMembers,
  | 'dueAtMs'
  | 'voicemail'
  | 'failureCode'
  | 'durationMs'
  | 'isComplete'
  | 'recordedFrom'
  | 'levels'
  | 'deliveredAs'
  | 'deliveredId'
  | 'recipientName'
  | 'notes'
  | 'linkRevokedAtMs'
  | 'taskEnd'
  | 'returnedAtMs'
  | 'heldUntil'
  | 'heldAtMs'
  | 'heldBy'
  | 'releasedAtMs'
  | 'releasedBy'
>;

/** A voicemail as the ledger has it, with all that it says of its life. */
export interface KnownVoicemail extends ShownMembers {
  /** No contact id, if `unreadable` names it. */
  readonly contactId: string;
  /** The names of the members that this version cannot read. */
  readonly unreadable: readonly string[];
  /** A name that this version may not know: see `isKnownState`. */
  readonly state: string;
  readonly attempts: number;
  /** When it came into a state, the last time. */
  readonly times: Readonly<Partial<Record<LedgerState, number>>>;
}

/** Which voicemails to list. */
export interface WantedStates {
  /** Whatever its state. */
  readonly isAll: boolean;
  /** Every one that is not at an end, also with a state that this version does not know. */
  readonly isOpen: boolean;
  /** In one of these states, by their raw names. */
  readonly names: readonly string[];
}

const LONGEST_NAME = 40;

/** What an entry has as the name of its state, or as its contact id, safe for a terminal. */
function shownName(name: unknown): string {
  return typeof name === 'string' ? name.replaceAll(/[^\w.-]+/g, '?').slice(0, LONGEST_NAME) || '?' : '?';
}

export interface LedgerEntries extends LedgerHolds {
  readonly find: (contactId: string) => Promise<KnownVoicemail | undefined>;
  /** Those in the states, of calls that ended at `sinceMs` or later. Reads the whole table. */
  readonly list: (wanted: WantedStates, sinceMs: number) => Promise<readonly KnownVoicemail[]>;
  /** How many are not at an end. Reads only those. */
  readonly countOpen: () => Promise<number>;
  /** Opens a parked voicemail of which nothing was delivered. False if it is not parked any more. */
  readonly reopen: (contactId: string, to: LedgerState, dueAtMs: number) => Promise<boolean>;
  /** Has no link to the recording open any more. False if there is no such entry. */
  readonly revokeLinks: (contactId: string) => Promise<boolean>;
  /** Has them open again. False if there is no such entry. */
  readonly allowLinks: (contactId: string) => Promise<boolean>;
}

/** The ledger, for operators. Everything throws RefusedError, in words. */
export function ledgerEntries(
  tableName: string,
  { retentionMs, now, ...place }: AskedPlace & { readonly retentionMs: number; readonly now: () => number },
): LedgerEntries {
  const dynamodb = new DynamoDBClient({ ...place, ...PATIENT });
  const client = DynamoDBDocumentClient.from(dynamodb);
  const entries = ledger(dynamodb, { tableName, retentionMs, now });

  /** An entry that a mistyped id would make could not be read by anything. */
  async function changeIfThere(
    contactId: string,
    change: EntryChange,
    ConditionExpression = 'attribute_exists(contactId)',
  ): Promise<boolean> {
    const Key = { contactId };
    const command = new UpdateCommand({ TableName: tableName, Key, ConditionExpression, ...change });
    return askAws('dynamodb:UpdateItem', place, async () => {
      try {
        await client.send(command);
        return true;
      } catch (error) {
        if (error instanceof Error && nameOf(error) === 'ConditionalCheckFailedException') return false;
        throw error;
      }
    });
  }

  async function find(contactId: string): Promise<KnownVoicemail | undefined> {
    const command = new GetCommand({ TableName: tableName, Key: { contactId }, ConsistentRead: true });
    const { Item } = await askAws('dynamodb:GetItem', place, () => client.send(command));
    return Item && known(Item);
  }
  const isThere = async (contactId: string) => (await find(contactId)) !== undefined;

  return {
    find,
    list: async (wanted, sinceMs) => {
      const pages = paginateScan({ client }, { TableName: tableName, ...filterFor(wanted, sinceMs) });
      return askAws('dynamodb:Scan', place, async () => {
        const found: KnownVoicemail[] = [];
        for await (const { Items = [] } of pages) found.push(...Items.map(known));
        return found.toSorted((a, b) => endOf(b) - endOf(a));
      });
    },
    countOpen: () => {
      const asked = {
        TableName: tableName,
        IndexName: OPEN_INDEX,
        KeyConditionExpression: '#open = :open',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':open': OPEN },
        Select: 'COUNT',
      } as const;
      return askAws('dynamodb:Query', place, async () => {
        let count = 0;
        for await (const { Count = 0 } of paginateQuery({ client }, asked)) count += Count;
        return count;
      });
    },
    reopen: (contactId, to, dueAtMs) =>
      askAws('dynamodb:UpdateItem', place, () =>
        entries.moveEntry({ contactId, from: ['parked'], to, dueAtMs }),
      ),
    revokeLinks: (contactId) =>
      changeIfThere(contactId, {
        UpdateExpression: 'SET linkRevokedAtMs = if_not_exists(linkRevokedAtMs, :now)',
        ExpressionAttributeValues: { ':now': now() },
      }),
    allowLinks: (contactId) => changeIfThere(contactId, { UpdateExpression: 'REMOVE linkRevokedAtMs' }),
    ...ledgerHolds({ changeIfThere, isThere, now }),
  };
}

/** One whose time cannot be read is listed too: a person must see it. */
const SINCE = '(NOT attribute_type(voicemail.endedAtMs, :number) OR voicemail.endedAtMs >= :since)';

function filterFor({ isAll, isOpen, names }: WantedStates, sinceMs: number) {
  const since = { ':since': sinceMs, ':number': 'N' };
  if (isAll) return { FilterExpression: SINCE, ExpressionAttributeValues: since };
  const values = Object.fromEntries(names.map((name, index) => [`:state${index}`, name]));
  const inStates = [
    ...(names.length > 0 ? [`#state IN (${Object.keys(values).join(', ')})`] : []),
    ...(isOpen ? ['attribute_exists(#open)'] : []),
  ];
  return {
    FilterExpression: `(${inStates.join(' OR ')}) AND ${SINCE}`,
    ExpressionAttributeNames: {
      ...(names.length > 0 && { '#state': 'state' }),
      ...(isOpen && { '#open': 'open' }),
    },
    ExpressionAttributeValues: { ...values, ...since },
  };
}

function known(item: Readonly<Record<string, unknown>>): KnownVoicemail {
  const { read, unreadable } = readableMembers(item);
  const { state, attempts = 0, ...entry } = read;
  const times = LEDGER_STATES.flatMap((name) => {
    const atMs = entry[`${name}AtMs`];
    return atMs === undefined ? [] : [[name, atMs] as const];
  });
  const contactId = entry.contactId ?? shownName(item['contactId']);
  return {
    ...entry,
    contactId,
    unreadable,
    state: shownName(state),
    attempts,
    times: Object.fromEntries(times),
  };
}

function endOf({ voicemail }: KnownVoicemail): number {
  return voicemail?.endedAtMs ?? 0;
}
