import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { LEDGER_SCHEMA_VERSION } from '../../src/domain/ledger-entry.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { PATIENT } from './patience.ts';

type Item = Readonly<Record<string, unknown>>;

/** The members that the ledger's indexes are keyed by. */
export type IndexMembers = Readonly<Record<string, string | number>>;

/** Sets keys of indexes where they are missing. Everything throws RefusedError, in words. */
export interface LedgerKeys {
  /** The entries that lack a key, a page at a time. Reads the whole table. */
  readonly lacking: () => AsyncIterable<readonly Item[]>;
  /**
   * Sets members that the entry does not have. False, and nothing is changed, if the entry has come to another state, or
   * another delivery, or is gone.
   */
  readonly fill: (item: Item, members: IndexMembers) => Promise<boolean>;
}

const AT_A_TIME = 500;

/** What must be as it was when the keys were computed. */
const COMPUTED_FROM = [
  'state',
  'deliveredAs',
  'deliveredId',
  'returnedAtMs',
  'recipientArn',
  'followUpVersion',
];

export function ledgerKeys(TableName: string, place: AskedPlace): LedgerKeys {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...place, ...PATIENT }));
  return {
    async *lacking() {
      const pages = paginateScan(
        { client },
        {
          TableName,
          Limit: AT_A_TIME,
          FilterExpression: 'attribute_not_exists(caller) OR attribute_not_exists(inbox)',
        },
      );
      for (;;) {
        const { done, value } = await askAws('dynamodb:Scan', place, () => pages.next());
        if (done === true) return;
        yield value.Items ?? [];
      }
    },
    fill(item, members) {
      const command = new UpdateCommand({
        TableName,
        Key: { contactId: item['contactId'] },
        ...updateOf(item, members),
      });
      return askAws('dynamodb:UpdateItem', place, async () => {
        try {
          await client.send(command);
          return true;
        } catch (error) {
          if (nameOf(error) === 'ConditionalCheckFailedException') return false;
          throw error;
        }
      });
    },
  };
}

function updateOf(item: Item, members: IndexMembers) {
  const names = Object.keys(members);
  const known = COMPUTED_FROM.filter((name) => item[name] !== undefined);
  const unknown = COMPUTED_FROM.filter((name) => item[name] === undefined);
  return {
    UpdateExpression: `SET ${names.map((name) => `#${name} = if_not_exists(#${name}, :${name})`).join(', ')}`,
    ConditionExpression: [
      'attribute_exists(contactId)',
      '(attribute_not_exists(schemaVersion) OR schemaVersion <= :schemaVersion)',
      ...known.map((name) => `#${name} = :${name}`),
      ...unknown.map((name) => `attribute_not_exists(#${name})`),
    ].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(
      [...names, ...COMPUTED_FROM].map((name) => [`#${name}`, name]),
    ),
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(members).map(([name, value]) => [`:${name}`, value])),
      ...Object.fromEntries(known.map((name) => [`:${name}`, item[name]])),
      ':schemaVersion': LEDGER_SCHEMA_VERSION,
    },
  };
}
