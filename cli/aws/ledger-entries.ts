import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { ledger } from '../../src/adapters/ledger.ts';
import type { NewFollowUpEvent } from '../../src/domain/follow-up.ts';
import type { LedgerState } from '../../src/domain/ledger-entry.ts';
import { changeBy, noteFollowUp } from '../../src/steps/note-follow-up.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { known, type KnownVoicemail } from './known-voicemail.ts';
import { type EntryChange, type LedgerHolds, ledgerHolds } from './ledger-holds.ts';
import { type LedgerInbox, ledgerInbox } from './ledger-inbox.ts';
import { type LedgerList, ledgerList } from './ledger-list.ts';
import { PATIENT } from './patience.ts';

export interface LedgerEntries extends LedgerHolds, LedgerList {
  readonly find: (contactId: string) => Promise<KnownVoicemail | undefined>;
  /** By the ledger's indexes. */
  readonly inbox: LedgerInbox;
  /** Those of these contacts that are there, in their order. */
  readonly findAll: (contactIds: readonly string[]) => Promise<readonly KnownVoicemail[]>;
  /** Notes what a person did with a delivered voicemail. False if the ledger does not know it. */
  readonly follow: (contactId: string, event: NewFollowUpEvent) => Promise<boolean>;
  /**
   * Notes the same, and opens the voicemail for another delivery until `dueAtMs`. False if it is on its way, or others
   * have just changed it.
   */
  readonly deliverAgain: (contactId: string, event: NewFollowUpEvent, dueAtMs: number) => Promise<boolean>;
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

  const inbox = ledgerInbox(client, tableName, place);

  return {
    find,
    inbox,
    findAll: async (contactIds) => (await inbox.itemsOf(contactIds)).map(known),
    ...ledgerList(client, { tableName, place, find }),
    follow: (contactId, event) =>
      askAws('dynamodb:UpdateItem', place, async () => {
        return (await noteFollowUp({ contactId, events: [event] }, entries)) !== 'not-ours';
      }),
    deliverAgain: (contactId, event, dueAtMs) =>
      askAws('dynamodb:UpdateItem', place, async () => {
        const entry = await entries.findEntry(contactId);
        const change = entry && entry.deliveredAs !== undefined ? changeBy([event], entry) : undefined;
        if (!entry || !change) return false;
        const hasComeBack = entry.returnedAtMs !== undefined;
        return entries.openAgain(contactId, { ...change, dueAtMs, hasComeBack });
      }),
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
