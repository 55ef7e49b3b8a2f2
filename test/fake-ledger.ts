import { isDeepStrictEqual } from 'node:util';
import { isOfLaterVersion, type LedgerEntry, type LedgerItem } from '../src/domain/ledger-entry.ts';
import type { TaskEnd } from '../src/domain/task-end.ts';
import type { LedgerPorts, Overdue, OverdueKey } from '../src/steps/ports.ts';

type Kept = Map<
  string,
  LedgerEntry & Partial<Pick<LedgerItem, 'leaseUntilMs' | 'recordingKey' | 'inbox' | 'inboxPlace'>>
>;

/** The ledger over a Map, with the conditions of the real one. */
export function fakeLedger(entries: readonly LedgerEntry[] = []) {
  const kept: Kept = new Map(entries.map((entry) => [entry.contactId, entry]));
  const ports: LedgerPorts = {
    ...entryPorts(kept),
    ...deliveryPorts(kept),
    ...taskEndPorts(kept),
    ...followUpPorts(kept),
    ...overduePorts(kept),
  };
  return { ports, stateOf: (contactId: string) => kept.get(contactId)?.state, kept };
}

function entryPorts(kept: Kept): Pick<LedgerPorts, 'noteReceived' | 'findEntry' | 'isKnown' | 'moveEntry'> {
  return {
    async noteReceived(voicemail, dueAtMs) {
      const { contactId } = voicemail;
      const known = kept.get(contactId);
      if (!known) kept.set(contactId, { contactId, state: 'received', dueAtMs, attempts: 0, voicemail });
      return known;
    },
    async findEntry(contactId) {
      return kept.get(contactId);
    },
    async isKnown(contactId) {
      return kept.has(contactId);
    },
    async moveEntry({ contactId, from, to, dueAtMs, ifDueAtMs, changes, inboxKeys }) {
      const known = kept.get(contactId);
      if (ifDueAtMs !== undefined && known?.dueAtMs !== ifDueAtMs) return false;
      if (known ? !from.includes(known.state) : !changes?.voicemail) return false;
      if (known?.deliveredAs) return false;
      const voicemail = changes?.voicemail ?? known?.voicemail;
      if (!voicemail) return false;
      const attempts = dueAtMs === undefined ? (known?.attempts ?? 0) : 0;
      const { leaseUntilMs, ...rest } = { ...inboxKeys, ...known };
      const lease = dueAtMs !== undefined && leaseUntilMs !== undefined ? { leaseUntilMs } : {};
      kept.set(contactId, {
        contactId,
        ...rest,
        ...lease,
        ...changes,
        voicemail,
        state: to,
        dueAtMs,
        attempts,
      });
      return true;
    },
  };
}

function deliveryPorts(
  kept: Kept,
): Pick<
  LedgerPorts,
  'leaseDelivery' | 'leaseTranscribed' | 'releaseDelivery' | 'noteMailing' | 'noteMailSent' | 'markCleanedUp'
> {
  return {
    async leaseDelivery({ contactId, nowMs, untilMs, dueAtMs }) {
      const known = kept.get(contactId);
      if (!known || known.deliveredAs) return false;
      // As in DynamoDB's comparison, a lease without an end has not expired.
      if (known.state === 'delivering' && !(known.leaseUntilMs !== undefined && known.leaseUntilMs < nowMs))
        return false;
      kept.set(contactId, { ...known, state: 'delivering', dueAtMs, leaseUntilMs: untilMs });
      return true;
    },
    async leaseTranscribed({ contactId, untilMs, dueAtMs }, recordingKey) {
      const known = kept.get(contactId);
      if (known?.state !== 'transcribing' || known.recordingKey !== recordingKey) return undefined;
      if (known.deliveredAs || known.mailing) return undefined;
      const leased = { ...known, state: 'delivering', dueAtMs, leaseUntilMs: untilMs } as const;
      kept.set(contactId, leased);
      return leased;
    },
    async releaseDelivery(contactId) {
      const known = kept.get(contactId);
      if (known?.state === 'delivering') kept.set(contactId, { ...known, leaseUntilMs: 0 });
    },
    async noteMailing(contactId, { before, now }) {
      const known = kept.get(contactId);
      if (known?.state !== 'delivering' || known.deliveredAs) return false;
      if (known.mailing?.messageId !== undefined || !isDeepStrictEqual(known.mailing, before)) return false;
      kept.set(contactId, { ...known, mailing: now });
      return true;
    },
    async noteMailSent(contactId, messageId) {
      const known = kept.get(contactId);
      if (!known?.mailing || known.deliveredAs) return;
      kept.set(contactId, { ...known, mailing: { ...known.mailing, messageId } });
    },
    async markCleanedUp(contactId, atMs) {
      const known = kept.get(contactId);
      if (known) kept.set(contactId, { ...known, cleanedUpAtMs: atMs });
    },
  };
}

const noted = ({ taskId, endedAtMs: atMs, reason, hasAgent }: TaskEnd) => ({
  taskEnd: { taskId, atMs, reason, hasAgent },
});

function taskEndPorts(kept: Kept): Pick<LedgerPorts, 'noteTaskEnd' | 'noteReturn'> {
  const ours = ({ contactId, taskIds }: TaskEnd) => {
    const known = kept.get(contactId);
    return known?.deliveredId !== undefined && taskIds.includes(known.deliveredId) ? known : undefined;
  };
  return {
    async noteTaskEnd(end) {
      const known = ours(end);
      if (!known || known.taskEnd?.taskId === end.taskId) return false;
      kept.set(end.contactId, { ...known, ...noted(end) });
      return true;
    },
    async noteReturn(end, dueAtMs) {
      const known = ours(end);
      if (!known || known.returnedAtMs !== undefined) return false;
      const { deliveredAs: _, deliveredId: __, ...rest } = known;
      const open = { ...openedFor(known, dueAtMs), returnedAtMs: dueAtMs };
      kept.set(end.contactId, { ...rest, ...open, ...noted(end) });
      return true;
    },
  };
}

function openedFor(known: LedgerEntry, dueAtMs: number) {
  const deliveryRound = (known.deliveryRound ?? 1) + 1;
  return { state: 'delivering', dueAtMs, attempts: 0, leaseUntilMs: 0, deliveryRound } as const;
}

function followUpPorts(kept: Kept): Pick<LedgerPorts, 'noteFollowUps' | 'openAgain'> {
  return {
    async openAgain(contactId, { followUps, version, keys, dueAtMs }) {
      const known = kept.get(contactId);
      if (!known?.deliveredAs || known.followUpVersion !== version) return false;
      const { deliveredAs: _, deliveredId: __, mailing: ___, returnedAtMs: ____, ...rest } = known;
      const changed = { followUps, followUpVersion: (version ?? 0) + 1, ...keys };
      kept.set(contactId, { ...rest, ...openedFor(known, dueAtMs), ...changed });
      return true;
    },
    async noteFollowUps(contactId, { followUps, version, keys }) {
      const known = kept.get(contactId);
      if (!known || known.followUpVersion !== version) return false;
      kept.set(contactId, { ...known, ...keys, followUps, followUpVersion: (version ?? 0) + 1 });
      return true;
    },
  };
}

function overduePorts(kept: Kept): Pick<LedgerPorts, 'findOverdue' | 'postpone' | 'notePush'> {
  return {
    async findOverdue(nowMs, after) {
      const overdue = [...kept.values()].flatMap(({ contactId, dueAtMs, state }) =>
        dueAtMs !== undefined && dueAtMs < nowMs
          ? [{ contactId, dueAtMs, isOfLaterVersion: isOfLaterVersion({ state }) }]
          : [],
      );
      const rest = overdue
        .toSorted((a, b) => a.dueAtMs - b.dueAtMs || a.contactId.localeCompare(b.contactId))
        .filter((one) => !after || isBehind(one, after));
      const page = rest.slice(0, 100);
      const last = page.at(-1);
      return { overdue: page, after: rest.length > page.length && last ? { ...last } : undefined };
    },
    async postpone({ contactId, dueAtMs }, nextDueAtMs) {
      const known = kept.get(contactId);
      if (!known || known.dueAtMs !== dueAtMs) return false;
      kept.set(contactId, { ...known, dueAtMs: nextDueAtMs });
      return true;
    },
    async notePush(entry, dueAtMs) {
      const known = kept.get(entry.contactId);
      if (!known || known.dueAtMs !== entry.dueAtMs) return false;
      kept.set(entry.contactId, { ...known, dueAtMs, attempts: known.attempts + 1 });
      return true;
    },
  };
}

function isBehind({ dueAtMs, contactId }: Overdue, after: OverdueKey): boolean {
  const afterMs = Number(after['dueAtMs']);
  return (
    dueAtMs > afterMs || (dueAtMs === afterMs && contactId.localeCompare(String(after['contactId'])) > 0)
  );
}
