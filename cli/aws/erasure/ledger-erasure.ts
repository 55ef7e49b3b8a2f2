import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { nameOf } from '../../../src/adapters/aws-errors.ts';
import { isHeld, readableMembers, type ReadableMembers } from '../../../src/domain/ledger-entry.ts';
import type { Voicemail } from '../../../src/domain/voicemail.ts';
import { erasedItem } from './erased-item.ts';
import { type AskedPlace, askAws } from '../ask-aws.ts';
import { PATIENT } from '../patience.ts';

/** `busy`: a delivery is under way, or somebody has just changed it. */
type Marked = 'erased' | 'held' | 'busy';

/** Everything throws RefusedError, in words. */
export interface LedgerErasure {
  /** What the ledger has, as far as this version can read it; undefined if it does not know it. */
  readonly find: (contactId: string) => Promise<ReadableMembers | undefined>;
  /**
   * Leaves the fact alone of an entry as it was found, in one write. From then on no step writes to it. Without an
   * entry, makes one, so that the voicemail does not come back.
   */
  readonly erase: (
    found: ReadableMembers & { readonly voicemail: Voicemail },
    by: string,
    isNew?: boolean,
  ) => Promise<Marked>;
  /** By the clock of AWS, milliseconds since the epoch. */
  readonly now: () => number;
}

export function ledgerErasure(TableName: string, place: AskedPlace): LedgerErasure {
  const dynamodb = new DynamoDBClient({ ...place, ...PATIENT });
  const client = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
  // The SDK learns from each answer how far this machine's clock is from AWS's.
  const now = () => Date.now() + dynamodb.config.systemClockOffset;
  return {
    now,
    async find(contactId) {
      const command = new GetCommand({ TableName, Key: { contactId }, ConsistentRead: true });
      const { Item } = await askAws('dynamodb:GetItem', place, () => client.send(command));
      return Item && readableMembers(Item).read;
    },
    async erase(found, by, isNew = false) {
      if (isHeld(found)) return 'held';
      const { contactId } = found.voicemail;
      const Item = { ...erasedItem(found, { contactId, atMs: now(), by }) };
      const condition = isNew
        ? { ConditionExpression: 'attribute_not_exists(contactId)' }
        : asFound(found, now());
      const command = new PutCommand({ TableName, Item, ...condition });
      return askAws('dynamodb:PutItem', place, async () => {
        try {
          await client.send(command);
          return 'erased';
        } catch (error) {
          if (error instanceof Error && nameOf(error) === 'ConditionalCheckFailedException') return 'busy';
          throw error;
        }
      });
    },
  };
}

/**
 * Who holds the lease is about to notify somebody, and has read the words: that is waited for. What else others
 * wrote since then would be lost, so it is read again.
 */
function asFound({ state, deliveredId, followUpVersion }: ReadableMembers, nowMs: number) {
  const same = Object.entries({ state, deliveredId, followUpVersion });
  return {
    ConditionExpression: [
      'attribute_exists(contactId)',
      'attribute_not_exists(heldUntil)',
      '(attribute_not_exists(leaseUntilMs) OR leaseUntilMs < :now)',
      ...same.map(([name, value]) =>
        value === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}`,
      ),
    ].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(same.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries([
      [':now', nowMs],
      ...same.filter(([, value]) => value !== undefined).map(([name, value]) => [`:${name}`, value]),
    ]),
  };
}
