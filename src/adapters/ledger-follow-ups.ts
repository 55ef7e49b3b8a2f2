import type { LedgerPorts } from '../steps/ports.ts';
import { type LedgerTable, setting } from './ledger-table.ts';

/** The ledger's writes about what happens after a delivery. They do not change how long an entry is kept. */
export function ledgerFollowUps({ change }: LedgerTable): Pick<LedgerPorts, 'noteFollowUps'> {
  return {
    noteFollowUps(contactId, { followUps, version, keys }) {
      const set = setting({ followUps, followUpVersion: (version ?? 0) + 1, ...keys });
      return change(contactId, {
        ...set,
        condition:
          version === undefined
            ? 'attribute_exists(contactId) AND attribute_not_exists(followUpVersion)'
            : 'followUpVersion = :version',
        values: { ...set.values, ...(version !== undefined && { ':version': version }) },
      });
    },
  };
}
