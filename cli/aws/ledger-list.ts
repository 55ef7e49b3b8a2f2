import { type DynamoDBDocumentClient, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import { OPEN, OPEN_INDEX } from '../../src/adapters/ledger-table.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { known, type KnownVoicemail } from './known-voicemail.ts';

/** Which voicemails to list. */
export interface WantedStates {
  /** Whatever its state. */
  readonly isAll: boolean;
  /** Every one that is not at an end, also with a state that this version does not know. */
  readonly isOpen: boolean;
  /** In one of these states, by their raw names. */
  readonly names: readonly string[];
}

/** What was wanted, the latest call first, and how many entries were read for it. */
interface ListedEntries {
  readonly found: readonly KnownVoicemail[];
  readonly read: number;
}

/** Everything throws RefusedError, in words. */
export interface LedgerList {
  /**
   * Those in the states, of calls that ended at `sinceMs` or later. Reads the whole table, but where only those are
   * wanted that are not at an end.
   */
  readonly list: (wanted: WantedStates, sinceMs: number) => Promise<ListedEntries>;
  /** How many are not at an end. Reads only those. */
  readonly countOpen: () => Promise<number>;
}

interface Parts {
  readonly tableName: string;
  readonly place: AskedPlace;
  readonly find: (contactId: string) => Promise<KnownVoicemail | undefined>;
}

/** How many entries are read side by side. */
const AT_ONCE = 25;

export function ledgerList(client: DynamoDBDocumentClient, { tableName, place, find }: Parts): LedgerList {
  const inIndex = {
    TableName: tableName,
    IndexName: OPEN_INDEX,
    KeyConditionExpression: '#open = :open',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: { ':open': OPEN },
  } as const;

  /** The index has the keys alone. What has come to an end since is left out. */
  async function listOpen(sinceMs: number): Promise<ListedEntries> {
    const contactIds = await askAws('dynamodb:Query', place, async () => {
      const ids: string[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, inIndex))
        ids.push(...Items.map((item) => String(item['contactId'])));
      return ids;
    });
    const all: KnownVoicemail[] = [];
    for (let at = 0; at < contactIds.length; at += AT_ONCE) {
      const some = await Promise.all(contactIds.slice(at, at + AT_ONCE).map(find));
      all.push(...some.filter((one) => one !== undefined));
    }
    const found = all.filter((one) => hasDueTime(one) && hasEndedSince(one, sinceMs));
    return { found: sorted(found), read: contactIds.length };
  }

  async function listAll(wanted: WantedStates, sinceMs: number): Promise<ListedEntries> {
    const pages = paginateScan({ client }, { TableName: tableName, ...filterFor(wanted, sinceMs) });
    return askAws('dynamodb:Scan', place, async () => {
      const found: KnownVoicemail[] = [];
      let read = 0;
      for await (const { Items = [], ScannedCount = 0 } of pages) {
        found.push(...Items.map(known));
        read += ScannedCount;
      }
      return { found: sorted(found), read };
    });
  }

  return {
    list: (wanted, sinceMs) => (isOnlyOpen(wanted) ? listOpen(sinceMs) : listAll(wanted, sinceMs)),
    countOpen: () =>
      askAws('dynamodb:Query', place, async () => {
        let count = 0;
        const counting = { ...inIndex, Select: 'COUNT' } as const;
        for await (const { Count = 0 } of paginateQuery({ client }, counting)) count += Count;
        return count;
      }),
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

function isOnlyOpen({ isAll, isOpen, names }: WantedStates): boolean {
  return isOpen && !isAll && names.length === 0;
}

/** Only what is not at an end has one. */
function hasDueTime({ dueAtMs }: KnownVoicemail): boolean {
  return dueAtMs !== undefined;
}

/** One whose time cannot be read is listed too. */
function hasEndedSince({ voicemail }: KnownVoicemail, sinceMs: number): boolean {
  return (voicemail?.endedAtMs ?? Infinity) >= sinceMs;
}

function sorted(found: readonly KnownVoicemail[]): readonly KnownVoicemail[] {
  return found.toSorted((a, b) => endOf(b) - endOf(a));
}

function endOf({ voicemail }: KnownVoicemail): number {
  return voicemail?.endedAtMs ?? 0;
}
