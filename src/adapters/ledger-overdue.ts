import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { isOfLaterVersion } from '../domain/ledger-entry.ts';
import type { LedgerPorts } from '../steps/ports.ts';
import { awsCall } from './aws-call.ts';
import { type LedgerTable, OPEN, OPEN_INDEX } from './ledger-table.ts';

const OVERDUE_AT_A_TIME = 100;

/** The ledger's reads and writes for `sweep`. */
export function ledgerOverdue({
  client,
  table,
  change,
}: LedgerTable): Pick<LedgerPorts, 'findOverdue' | 'postpone' | 'notePush'> {
  return {
    async findOverdue(nowMs, after) {
      const command = new QueryCommand({
        ...table,
        IndexName: OPEN_INDEX,
        KeyConditionExpression: '#open = :open AND dueAtMs < :now',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':open': OPEN, ':now': nowMs },
        Limit: OVERDUE_AT_A_TIME,
        ...(after && { ExclusiveStartKey: after }),
      });
      const { Items = [], LastEvaluatedKey } = await awsCall('dynamodb:Query', client.send(command));
      const overdue = Items.map((item) => ({
        contactId: String(item['contactId']),
        dueAtMs: Number(item['dueAtMs']),
        isOfLaterVersion: isOfLaterVersion(item),
      }));
      return { overdue, after: LastEvaluatedKey };
    },

    postpone({ contactId, dueAtMs }, nextDueAtMs) {
      return change(contactId, {
        update: 'SET dueAtMs = :next',
        condition: 'dueAtMs = :due',
        values: { ':next': nextDueAtMs, ':due': dueAtMs },
      });
    },

    notePush({ contactId, dueAtMs, attempts }, nextDueAtMs) {
      return change(contactId, {
        update: 'SET dueAtMs = :next, attempts = :attempts',
        condition: 'dueAtMs = :due',
        values: { ':next': nextDueAtMs, ':attempts': attempts + 1, ':due': dueAtMs },
      });
    },
  };
}
