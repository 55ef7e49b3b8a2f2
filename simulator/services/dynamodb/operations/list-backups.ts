import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { backupDetails, type Backup } from '../backup-book.ts';
import type { DynamodbParts } from '../parts.ts';
import { tableName } from '../table-permissions.ts';
import { invalid } from '../transaction.ts';

const MOST_BACKUPS = 100;
const TYPES: readonly unknown[] = ['USER', 'SYSTEM', 'AWS_BACKUP', 'ALL'];

/**
 * The backups of deleted tables: those are of type SYSTEM, and only listed if that is asked for. On-demand backups
 * are not simulated, so that the list of the other types is empty. Source: DynamoDB API reference.
 */
export function listBackups({ backups }: DynamodbParts): JsonOperation {
  return {
    name: 'ListBackups',
    needs: () => [{ action: 'dynamodb:ListBackups', resource: '*' }],
    answer(input) {
      const type = input['BackupType'] ?? 'USER';
      if (!TYPES.includes(type)) throw invalid(`BackupType must be one of ${TYPES.join(', ')}`);
      const size = Number(input['Limit'] ?? MOST_BACKUPS);
      if (!Number.isInteger(size) || size < 1 || size > MOST_BACKUPS) {
        throw invalid(`Limit must be 1 to ${MOST_BACKUPS}`);
      }
      const found =
        type === 'SYSTEM' || type === 'ALL' ? backups.all().filter((one) => isAskedFor(one, input)) : [];
      const start = startOf(found, input['ExclusiveStartBackupArn']);
      const page = found.slice(start, start + size);
      return {
        BackupSummaries: page.map(summaryOf),
        ...(start + size < found.length && { LastEvaluatedBackupArn: page.at(-1)?.arn }),
      };
    },
  };
}

function isAskedFor({ table, madeMs }: Backup, input: JsonObject): boolean {
  const { TableName: name, TimeRangeLowerBound: from, TimeRangeUpperBound: to } = input;
  return (
    (typeof name !== 'string' || tableName(name) === table['TableName']) &&
    (typeof from !== 'number' || madeMs >= from * 1000) &&
    (typeof to !== 'number' || madeMs < to * 1000)
  );
}

/** Behind the last one of the page before. Throws AwsError ValidationException. */
function startOf(found: readonly Backup[], last: unknown): number {
  if (typeof last !== 'string') return 0;
  const index = found.findIndex(({ arn }) => arn === last);
  if (index === -1) throw invalid('Invalid ExclusiveStartBackupArn');
  return index + 1;
}

function summaryOf(backup: Backup) {
  const { TableName, TableId, TableArn } = backup.table;
  return { TableName, TableId, TableArn, ...backupDetails(backup) };
}
