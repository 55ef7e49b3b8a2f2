import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { ledger } from '../../src/adapters/ledger.ts';
import type { LedgerState } from '../../src/domain/ledger-entry.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { known, type KnownVoicemail } from './known-voicemail.ts';
import { type EntryChange, type LedgerHolds, ledgerHolds } from './ledger-holds.ts';
import { type LedgerList, ledgerList } from './ledger-list.ts';
import { PATIENT } from './patience.ts';

export interface LedgerEntries extends LedgerHolds, LedgerList {
  readonly find: (contactId: string) => Promise<KnownVoicemail | undefined>;
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

  const listing = ledgerList(client, { tableName, place, find });

  return {
    find,
    ...listing,
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
