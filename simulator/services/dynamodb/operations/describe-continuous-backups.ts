import type { JsonOperation } from '../../../gateway/protocols.ts';
import type { DynamodbParts } from '../parts.ts';
import { describeRecovery } from '../recovery.ts';
import { requireTable } from '../restoring.ts';
import { tableName, tablePermissions } from '../table-permissions.ts';

/** As the template or UpdateContinuousBackups says. */
export function describeContinuousBackups({
  clock,
  account,
  answerOf,
  settingsOf,
}: DynamodbParts): JsonOperation {
  return {
    name: 'DescribeContinuousBackups',
    needs: (input) => tablePermissions('DescribeContinuousBackups', input, account),
    async answer({ TableName }) {
      await requireTable(answerOf, TableName);
      const settings = settingsOf(tableName(String(TableName)));
      return { ContinuousBackupsDescription: describeRecovery(settings, clock.now()) };
    },
  };
}
