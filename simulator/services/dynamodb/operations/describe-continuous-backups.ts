import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import type { DynamodbParts } from '../parts.ts';
import { tableName, tablePermissions } from '../table-permissions.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 35;
/** Source: DynamoDB API reference, PointInTimeRecoveryDescription: usually five minutes before now. */
const BEHIND_MS = 5 * 60_000;

/** As the template says; nothing can be restored here. */
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
      await answerOf('DescribeTable', { TableName }).catch((error: unknown) => {
        if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
        throw new AwsError('TableNotFoundException', 400, `Table not found: ${String(TableName)}`);
      });
      const { properties, madeMs = clock.now() } = settingsOf(tableName(String(TableName))) ?? {};
      const days = daysIn(properties);
      const earliestMs = Math.max(madeMs, clock.now() - (days ?? 0) * DAY_MS);
      return {
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription:
            days === undefined
              ? { PointInTimeRecoveryStatus: 'DISABLED' }
              : {
                  PointInTimeRecoveryStatus: 'ENABLED',
                  RecoveryPeriodInDays: days,
                  EarliestRestorableDateTime: new Date(earliestMs),
                  LatestRestorableDateTime: new Date(Math.max(earliestMs, clock.now() - BEHIND_MS)),
                },
        },
      };
    },
  };
}

/** Undefined: it is off. */
function daysIn({ PointInTimeRecoverySpecification: asked }: JsonObject = {}): number | undefined {
  if (!isJsonObject(asked) || String(asked['PointInTimeRecoveryEnabled']) !== 'true') return undefined;
  return Number(asked['RecoveryPeriodInDays'] ?? USUAL_DAYS);
}
