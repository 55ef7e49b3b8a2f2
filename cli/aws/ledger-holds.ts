import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { NEVER_EXPIRES } from '../../src/domain/ledger-entry.ts';

export type EntryChange = Pick<UpdateCommandInput, 'UpdateExpression' | 'ExpressionAttributeValues'>;

/** Whose entries are kept, whatever the retention says. Everything throws RefusedError, in words. */
export interface LedgerHolds {
  /** Keeps the entry until it is released. Holding it again changes nothing. False if there is no such entry. */
  readonly hold: (contactId: string, by: string) => Promise<boolean>;
  /** Has it expire again when it would have. False if there is no such entry, or nobody holds it. */
  readonly release: (contactId: string, by: string) => Promise<boolean>;
}

interface Parts {
  /** False if the condition does not hold; absent, it is that the entry is there. */
  readonly changeIfThere: (contactId: string, change: EntryChange, condition?: string) => Promise<boolean>;
  readonly isThere: (contactId: string) => Promise<boolean>;
  readonly now: () => number;
}

export function ledgerHolds({ changeIfThere, isThere, now }: Parts): LedgerHolds {
  return {
    async hold(contactId, by) {
      const change = {
        UpdateExpression:
          'SET keptExpiresAt = if_not_exists(expiresAt, :never), expiresAt = :never, heldUntil = :never, heldAtMs = :now, heldBy = :by REMOVE releasedAtMs, releasedBy',
        ExpressionAttributeValues: { ':never': NEVER_EXPIRES, ':now': now(), ':by': by },
      };
      const isFree = 'attribute_exists(contactId) AND attribute_not_exists(heldUntil)';
      return (await changeIfThere(contactId, change, isFree)) || (await isThere(contactId));
    },
    release: (contactId, by) =>
      changeIfThere(
        contactId,
        {
          UpdateExpression:
            'SET expiresAt = keptExpiresAt, releasedAtMs = :now, releasedBy = :by REMOVE heldUntil, keptExpiresAt',
          ExpressionAttributeValues: { ':now': now(), ':by': by },
        },
        'attribute_exists(heldUntil)',
      ),
  };
}
