import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { BY_CALLER, BY_INBOX, OPEN, OPEN_INDEX } from '../../src/adapters/ledger-table.ts';
import { STAGES, type Stage } from '../../src/domain/follow-up.ts';
import { handledOn, PARKED, timeKey, WAITING } from '../../src/domain/ledger-indexes.ts';
import { RefusedError } from '../command.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';

/** Which of the voicemails that wait. */
export interface WantedWaiting {
  /** The ARN of a queue or agent queue; absent: all. */
  readonly recipient?: string | undefined;
  readonly stages: readonly Stage[];
  /** Of calls that ended before, milliseconds since the epoch. */
  readonly endedBeforeMs?: number | undefined;
  readonly limit: number;
}

/** Contact ids of voicemails, from the ledger's indexes: what a call costs grows with what it gives, not with the ledger. */
export interface LedgerInbox {
  /** Delivered and not handled: of each recipient the unheard first, then the heard, then those taken; each oldest first. */
  readonly waiting: (wanted: WantedWaiting) => Promise<readonly string[]>;
  /** Whom anything waits for. A call of DynamoDB each. */
  readonly recipients: () => Promise<readonly string[]>;
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

type Item = Readonly<Record<string, unknown>>;

interface Key {
  readonly contactId: string;
  readonly inboxPlace: string;
}

interface Asked {
  readonly index: string;
  /** A partition, and what its sort key must be. */
  readonly condition: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Absent: all. */
  readonly limit?: number | undefined;
  readonly isBackward?: boolean;
}

/** Sorts behind every stage. */
const BEHIND = '~';
/** DynamoDB gives no more at once. */
const BATCH = 100;

export function ledgerInbox(
  client: DynamoDBDocumentClient,
  TableName: string,
  place: AskedPlace,
): LedgerInbox {
  async function query({ index, condition, values, limit, isBackward }: Asked): Promise<readonly Key[]> {
    const found: Key[] = [];
    let after: Record<string, unknown> | undefined;
    do {
      const command = new QueryCommand({
        TableName,
        IndexName: index,
        KeyConditionExpression: condition,
        ExpressionAttributeNames: Object.fromEntries(
          ['#open', '#caller', '#inbox']
            .filter((name) => condition.includes(name))
            .map((name) => [name, name.slice(1)]),
        ),
        ExpressionAttributeValues: values,
        ScanIndexForward: isBackward !== true,
        ...(limit !== undefined && { Limit: limit - found.length }),
        ...(after && { ExclusiveStartKey: after }),
      });
      const { Items = [], LastEvaluatedKey } = await askAws('dynamodb:Query', place, () =>
        client.send(command).catch((error: unknown) => {
          throw nameOf(error) === 'ValidationException' ? noIndex(index, error) : error;
        }),
      );
      found.push(
        ...Items.map(({ contactId, inboxPlace }) => ({
          contactId: String(contactId),
          inboxPlace: String(inboxPlace),
        })),
      );
      after = LastEvaluatedKey;
    } while (after !== undefined && (limit === undefined || found.length < limit));
    return found;
  }

  async function recipients(): Promise<readonly string[]> {
    const found: string[] = [];
    for (;;) {
      const last = found.at(-1);
      const [next] = await query({
        index: BY_INBOX,
        condition: '#inbox = :inbox AND inboxPlace > :after',
        values: { ':inbox': WAITING, ':after': last === undefined ? ' ' : `${last}#${BEHIND}` },
        limit: 1,
      });
      if (!next) return found;
      found.push(next.inboxPlace.slice(0, next.inboxPlace.indexOf('#')));
    }
  }

  function waitingFor(recipient: string, stage: Stage, wanted: WantedWaiting): Promise<readonly Key[]> {
    const start = `${recipient}#${STAGES.indexOf(stage)}#`;
    const end = wanted.endedBeforeMs === undefined ? BEHIND : timeKey(wanted.endedBeforeMs);
    return query({
      index: BY_INBOX,
      condition: '#inbox = :inbox AND inboxPlace BETWEEN :from AND :to',
      values: { ':inbox': WAITING, ':from': start, ':to': `${start}${end}` },
      limit: wanted.limit,
    });
  }

  async function allIn(inbox: string, limit?: number): Promise<readonly string[]> {
    const values = { ':inbox': inbox };
    const keys = await query({ index: BY_INBOX, condition: '#inbox = :inbox', values, limit });
    return keys.map(({ contactId }) => contactId);
  }

  return {
    recipients,
    everyWaiting: () => allIn(WAITING),
    handledOn: (day) => allIn(handledOn(day)),

    async waiting(wanted) {
      const whom = wanted.recipient === undefined ? await recipients() : [wanted.recipient];
      const found: Key[] = [];
      for (const stage of wanted.stages) {
        const pages = await Promise.all(whom.map((one) => waitingFor(one, stage, wanted)));
        found.push(...pages.flat().toSorted(byAge));
        if (found.length >= wanted.limit) break;
      }
      return found.slice(0, wanted.limit).map(({ contactId }) => contactId);
    },

    async open(limit) {
      const values = { ':open': OPEN };
      const keys = await query({ index: OPEN_INDEX, condition: '#open = :open', values, limit });
      return keys.map(({ contactId }) => contactId);
    },

    parked: (limit) => allIn(PARKED, limit),

    async ofCaller(caller, limit) {
      const values = { ':caller': caller };
      const asked = { index: BY_CALLER, condition: '#caller = :caller', values, limit, isBackward: true };
      return (await query(asked)).map(({ contactId }) => contactId);
    },

    async itemsOf(contactIds) {
      const items = new Map<string, Item>();
      for (let from = 0; from < contactIds.length; from += BATCH) {
        let Keys: Item[] = contactIds.slice(from, from + BATCH).map((contactId) => ({ contactId }));
        while (Keys.length > 0) {
          const command = new BatchGetCommand({
            RequestItems: { [TableName]: { Keys, ConsistentRead: true } },
          });
          const { Responses = {}, UnprocessedKeys = {} } = await askAws('dynamodb:BatchGetItem', place, () =>
            client.send(command),
          );
          for (const item of Responses[TableName] ?? []) items.set(String(item['contactId']), item);
          Keys = UnprocessedKeys[TableName]?.Keys ?? [];
        }
      }
      return contactIds.map((contactId) => items.get(contactId)).filter((item) => item !== undefined);
    },
  };
}

/** By the end of the call, which is the last part of the place. */
function byAge({ inboxPlace: a }: Key, { inboxPlace: b }: Key): number {
  const [ageA, ageB] = [a, b].map((place) => place.slice(place.lastIndexOf('#')));
  return (ageA ?? '') < (ageB ?? '') ? -1 : 1;
}

function noIndex(index: string, cause: unknown): RefusedError {
  return new RefusedError(
    `the ledger has no index ${index} yet, or it is still being made. If the stack is of an earlier version: npx vmx upgrade`,
    { cause },
  );
}
