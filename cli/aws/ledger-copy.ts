import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, paginateScan, PutCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { isHeld } from '../../src/domain/ledger-entry.ts';
import { RefusedError } from '../command.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { PATIENT } from './patience.ts';

/** An entry of another table, as it is there. */
export interface CopiedEntry {
  readonly contactId: string;
  /** Whether it was at an end then: delivered, blank or parked. */
  readonly isAtEnd: boolean;
  /** Whether a person held it then. */
  readonly isHeld: boolean;
  /** When DynamoDB deletes it, seconds since the epoch. */
  readonly expiresAt: number;
  readonly item: Readonly<Record<string, unknown>>;
}

/** Brings entries of a table that was restored into the ledger. Everything throws RefusedError, in words. */
export interface LedgerCopy {
  /** Every entry of the other table. */
  readonly entries: () => AsyncIterable<CopiedEntry>;
  readonly isKnown: (contactId: string) => Promise<boolean>;
  /** False if the ledger has an entry of that contact, which stays as it is. */
  readonly add: (entry: CopiedEntry) => Promise<boolean>;
}

const Entry = z.looseObject({
  contactId: z.string().min(1),
  state: z.string(),
  open: z.unknown().optional(),
  expiresAt: z.number().default(Infinity),
  heldUntil: z.number().optional(),
});

export function ledgerCopy({ from, to }: { from: string; to: string }, place: AskedPlace): LedgerCopy {
  const dynamodb = new DynamoDBClient({ ...place, ...PATIENT });
  const client = DynamoDBDocumentClient.from(dynamodb);

  async function* items(): AsyncGenerator<Record<string, unknown>> {
    for await (const { Items = [] } of paginateScan({ client }, { TableName: from, ConsistentRead: true })) {
      yield* Items;
    }
  }

  return {
    async *entries() {
      const rows = items();
      for (;;) {
        const { done, value } = await askAws('dynamodb:Scan', place, () =>
          rows.next().catch(asMissing(from)),
        );
        if (done) return;
        const { success, data } = Entry.safeParse(value);
        if (!success) throw new RefusedError(`the table ${from} is no ledger: nothing was changed`);
        const { contactId, expiresAt, open, heldUntil } = data;
        yield {
          contactId,
          expiresAt,
          isAtEnd: open === undefined,
          isHeld: isHeld({ heldUntil }),
          item: value,
        };
      }
    },
    async isKnown(contactId) {
      const command = new GetCommand({ TableName: to, Key: { contactId }, ConsistentRead: true });
      const { Item } = await askAws('dynamodb:GetItem', place, () => client.send(command));
      return Item !== undefined;
    },
    async add({ item }) {
      const command = new PutCommand({
        TableName: to,
        Item: item,
        ConditionExpression: 'attribute_not_exists(contactId)',
      });
      return askAws('dynamodb:PutItem', place, async () => {
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

function asMissing(table: string): (error: unknown) => never {
  return (error) => {
    if (nameOf(error) !== 'ResourceNotFoundException') throw error;
    throw new RefusedError(`there is no table ${table} in this account and Region`, { cause: error });
  };
}
