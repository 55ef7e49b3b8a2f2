import type { FollowUpChange, LedgerPorts } from '../steps/ports.ts';
import { type LedgerTable, OPEN, setting } from './ledger-table.ts';

/** The ledger's writes about what happens after a delivery. They do not change how long an entry is kept. */
export function ledgerFollowUps({ change }: LedgerTable): Pick<LedgerPorts, 'noteFollowUps' | 'openAgain'> {
  return {
    noteFollowUps(contactId, noted) {
      const set = setting(membersOf(noted));
      const same = isUnchanged(noted);
      return change(contactId, { ...set, ...same, values: { ...set.values, ...same.values } });
    },

    openAgain(contactId, { dueAtMs, ...noted }) {
      const opened = { state: 'delivering', open: OPEN, dueAtMs, attempts: 0, leaseUntilMs: 0 } as const;
      const set = setting({ ...membersOf(noted), ...opened });
      const same = isUnchanged(noted);
      const round = 'deliveryRound = if_not_exists(deliveryRound, :before) + :one';
      // A voicemail that came back before versions counted has had two deliveries.
      const before = noted.hasComeBack ? 2 : 1;
      return change(contactId, {
        ...set,
        update: `${set.update}, ${round} REMOVE deliveredAs, deliveredId, mailing, failureCode, returnedAtMs`,
        condition: `attribute_exists(deliveredAs) AND ${same.condition}`,
        values: { ...set.values, ...same.values, ':before': before, ':one': 1 },
      });
    },
  };
}

function membersOf({ followUps, version, keys }: FollowUpChange) {
  return { followUps, followUpVersion: (version ?? 0) + 1, ...keys };
}

function isUnchanged({ version }: FollowUpChange) {
  return version === undefined
    ? { condition: 'attribute_exists(contactId) AND attribute_not_exists(followUpVersion)', values: {} }
    : { condition: 'followUpVersion = :version', values: { ':version': version } };
}
