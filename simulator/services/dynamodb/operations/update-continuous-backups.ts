import { isJsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import type { DynamodbParts } from '../parts.ts';
import { describeRecovery, recoveryWindow } from '../recovery.ts';
import { requireTable } from '../restoring.ts';
import { tableName, tablePermissions } from '../table-permissions.ts';
import { invalid } from '../transaction.ts';

const MOST_DAYS = 35;

/** Switches point-in-time recovery on or off. It begins when it is switched on. */
export function updateContinuousBackups({
  clock,
  account,
  answerOf,
  settingsOf,
  changeSettings,
}: DynamodbParts): JsonOperation {
  return {
    name: 'UpdateContinuousBackups',
    needs: (input) => tablePermissions('UpdateContinuousBackups', input, account),
    async answer({ TableName, PointInTimeRecoverySpecification: wanted }) {
      await requireTable(answerOf, TableName);
      if (!isJsonObject(wanted) || typeof wanted['PointInTimeRecoveryEnabled'] !== 'boolean') {
        throw invalid('PointInTimeRecoverySpecification must have PointInTimeRecoveryEnabled');
      }
      const days = wanted['RecoveryPeriodInDays'] ?? MOST_DAYS;
      if (!Number.isInteger(days) || Number(days) < 1 || Number(days) > MOST_DAYS) {
        throw invalid(`RecoveryPeriodInDays must be 1 to ${MOST_DAYS}`);
      }
      const name = tableName(String(TableName));
      const settings = settingsOf(name);
      const wasOn = recoveryWindow(settings, clock.now()) !== undefined;
      changeSettings(name, {
        properties: { ...settings?.properties, PointInTimeRecoverySpecification: wanted },
        ...(!wasOn && { recoverableSinceMs: clock.now() }),
      });
      return { ContinuousBackupsDescription: describeRecovery(settingsOf(name), clock.now()) };
    },
  };
}
