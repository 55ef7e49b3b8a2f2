import type { TaskEnd } from '../domain/task-end.ts';
import type { LedgerPorts } from '../steps/ports.ts';
import { type LedgerTable, OPEN, setting } from './ledger-table.ts';

/** The ledger's writes about tasks that ended. */
export function ledgerTaskEnds({
  change,
  now,
  expiresAt,
}: LedgerTable): Pick<LedgerPorts, 'noteTaskEnd' | 'noteReturn'> {
  return {
    noteTaskEnd(end) {
      const set = setting({ taskEnd: noted(end) });
      const ours = isDelivered(end);
      return change(end.contactId, {
        ...set,
        condition: `${ours.condition} AND (attribute_not_exists(taskEnd) OR taskEnd.taskId <> :taskId)`,
        values: { ...set.values, ...ours.values, ':taskId': end.taskId },
      });
    },

    noteReturn(end, dueAtMs) {
      const set = setting({
        taskEnd: noted(end),
        returnedAtMs: now(),
        state: 'delivering',
        open: OPEN,
        dueAtMs,
        attempts: 0,
        leaseUntilMs: 0,
        expiresAt: expiresAt(),
      });
      const ours = isDelivered(end);
      return change(end.contactId, {
        ...set,
        update: `${set.update}, deliveryRound = if_not_exists(deliveryRound, :one) + :one REMOVE deliveredAs, deliveredId, failureCode`,
        condition: `${ours.condition} AND attribute_not_exists(returnedAtMs)`,
        values: { ...set.values, ...ours.values, ':one': 1 },
      });
    },
  };
}

function noted({ taskId, endedAtMs: atMs, reason, hasAgent }: TaskEnd) {
  return { taskId, atMs, reason, hasAgent };
}

/** One of the task's contacts is what was delivered. */
function isDelivered({ taskIds }: TaskEnd) {
  const values = Object.fromEntries(taskIds.map((id, index) => [`:task${index}`, id]));
  return { condition: `deliveredId IN (${Object.keys(values).join(', ')})`, values };
}
