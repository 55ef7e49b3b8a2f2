import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { BY_CALLER, BY_INBOX, OPEN, OPEN_INDEX } from '../../src/adapters/ledger-table.ts';
import { STAGES, type Stage } from '../../src/domain/follow-up.ts';
import { handledOn, PARKED, timeKey, WAITING } from '../../src/domain/ledger-indexes.ts';
import type { AskedPlace } from './ask-aws.ts';
import { type IndexKey, type Item, itemsOf, type LedgerPlace, queryIndex } from './index-query.ts';

/** Which of the voicemails that wait. */
interface WantedWaiting {
  /** The ARN of a queue or agent queue; absent: all. */
  readonly recipient?: string | undefined;
  readonly stages: readonly Stage[];
  /** Of calls that ended before, milliseconds since the epoch. */
  readonly endedBeforeMs?: number | undefined;
  readonly limit: number;
}

/**
 * Contact ids of voicemails, from the ledger's indexes: what a call costs grows with what it gives, not with the
 * ledger. Everything throws RefusedError, in words.
 */
export interface LedgerInbox {
  /**
   * Delivered and not handled: first the unheard, then the heard, then those taken, by the order of `stages`; each
   * oldest first.
   */
  readonly waiting: (wanted: WantedWaiting) => Promise<readonly string[]>;
  /** All that wait: what this costs grows with them. */
  readonly everyWaiting: () => Promise<readonly string[]>;
  /** Handled, of calls that ended on this UTC day: `2026-03-04`. */
  readonly handledOn: (day: string) => Promise<readonly string[]>;
  /** On their way to a recipient, the first to be due first. */
  readonly open: (limit: number) => Promise<readonly string[]>;
  /** Given up before anybody was notified. */
  readonly parked: (limit: number) => Promise<readonly string[]>;
  /** Of one caller, by `callerKeyOf`, the latest first. */
  readonly ofCaller: (caller: string, limit: number) => Promise<readonly string[]>;
  /** The items of contacts, in their order. Those that are gone are left out. */
  readonly itemsOf: (contactIds: readonly string[]) => Promise<readonly Item[]>;
}

/** Sorts behind every stage. */
const BEHIND = '~';

export function ledgerInbox(
  client: DynamoDBDocumentClient,
  TableName: string,
  place: AskedPlace,
): LedgerInbox {
  const ledger = { client, TableName, place };
  const allIn = async (inbox: string, limit?: number) => {
    const values = { ':inbox': inbox };
    return idsOf(await queryIndex({ index: BY_INBOX, condition: '#inbox = :inbox', values, limit }, ledger));
  };
  return {
    everyWaiting: () => allIn(WAITING),
    handledOn: (day) => allIn(handledOn(day)),
    parked: (limit) => allIn(PARKED, limit),
    waiting: (wanted) => waiting(wanted, ledger),
    async open(limit) {
      const values = { ':open': OPEN };
      return idsOf(
        await queryIndex({ index: OPEN_INDEX, condition: '#open = :open', values, limit }, ledger),
      );
    },
    async ofCaller(caller, limit) {
      const values = { ':caller': caller };
      const asked = { index: BY_CALLER, condition: '#caller = :caller', values, limit, isBackward: true };
      return idsOf(await queryIndex(asked, ledger));
    },
    itemsOf: (contactIds) => itemsOf(contactIds, ledger),
  };
}

async function waiting(wanted: WantedWaiting, ledger: LedgerPlace): Promise<readonly string[]> {
  const whom = wanted.recipient === undefined ? await recipients(ledger) : [wanted.recipient];
  const found: IndexKey[] = [];
  for (const stage of wanted.stages) {
    const pages = await Promise.all(whom.map((one) => waitingFor(one, { ...wanted, stage }, ledger)));
    found.push(...pages.flat().toSorted(byAge));
    if (found.length >= wanted.limit) break;
  }
  return idsOf(found.slice(0, wanted.limit));
}

/** For whom anything waits. One query each, as each skips what waits for the one before. */
async function recipients(ledger: LedgerPlace): Promise<readonly string[]> {
  const found: string[] = [];
  for (;;) {
    const last = found.at(-1);
    const asked = {
      index: BY_INBOX,
      condition: '#inbox = :inbox AND inboxPlace > :after',
      values: { ':inbox': WAITING, ':after': last === undefined ? ' ' : `${last}#${BEHIND}` },
      limit: 1,
    };
    const [next] = await queryIndex(asked, ledger);
    if (!next) return found;
    found.push(next.inboxPlace.slice(0, next.inboxPlace.indexOf('#')));
  }
}

function waitingFor(
  recipient: string,
  { stage, endedBeforeMs, limit }: WantedWaiting & { readonly stage: Stage },
  ledger: LedgerPlace,
): Promise<readonly IndexKey[]> {
  const start = `${recipient}#${STAGES.indexOf(stage)}#`;
  const end = endedBeforeMs === undefined ? BEHIND : timeKey(endedBeforeMs);
  const condition = '#inbox = :inbox AND inboxPlace BETWEEN :from AND :to';
  const values = { ':inbox': WAITING, ':from': start, ':to': `${start}${end}` };
  return queryIndex({ index: BY_INBOX, condition, values, limit }, ledger);
}

function idsOf(keys: readonly IndexKey[]): readonly string[] {
  return keys.map(({ contactId }) => contactId);
}

/** By the end of the call, which is the last part of the place. */
function byAge({ inboxPlace: a }: IndexKey, { inboxPlace: b }: IndexKey): number {
  return ageOf(a) < ageOf(b) ? -1 : 1;
}

function ageOf(place: string): string {
  return place.slice(place.lastIndexOf('#'));
}
