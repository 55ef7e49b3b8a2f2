import { apiAnswer, isJsonObject, type JsonOperation } from '../../gateway/protocols.ts';
import { whileBusy } from '../../gateway/while-busy.ts';
import type { DynamodbParts, RestoredFrom } from './parts.ts';
import { describeBackup } from './operations/describe-backup.ts';
import { describeContinuousBackups } from './operations/describe-continuous-backups.ts';
import { describeTimeToLive } from './operations/describe-time-to-live.ts';
import { listBackups } from './operations/list-backups.ts';
import { listTagsOfResource } from './operations/list-tags-of-resource.ts';
import { restoreTableFromBackup } from './operations/restore-table-from-backup.ts';
import { restoreTableToPointInTime } from './operations/restore-table-to-point-in-time.ts';
import { transactGetItems } from './operations/transact-get-items.ts';
import { transactWriteItems } from './operations/transact-write-items.ts';
import { updateContinuousBackups } from './operations/update-continuous-backups.ts';
import { updateTimeToLive } from './operations/update-time-to-live.ts';
import { askingKeys } from './encryption.ts';
import { restoreSummary } from './restoring.ts';
import { asAws } from './table-form.ts';
import { tableName, tablePermissions } from './table-permissions.ts';

/** The operations of dynalite that are used. */
const NAMES = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
  'UpdateTable',
];
/** All operations of DynamoDB over the wire: those that dynalite answers have no file of their own. */
export function dynamodbOperations(parts: DynamodbParts): readonly JsonOperation[] {
  return [
    ...ofDynalite(parts),
    describeBackup(parts),
    describeContinuousBackups(parts),
    describeTimeToLive(parts),
    listBackups(parts),
    listTagsOfResource(parts),
    restoreTableFromBackup(parts),
    restoreTableToPointInTime(parts),
    transactGetItems(parts),
    transactWriteItems(parts),
    updateContinuousBackups(parts),
    updateTimeToLive(parts),
  ].map((operation) => askingKeys(operation, parts));
}

function ofDynalite({
  clock,
  account,
  answerOf,
  turns,
  settingsOf,
}: DynamodbParts): readonly JsonOperation[] {
  return NAMES.map((name) => ({
    name,
    needs: (input) => tablePermissions(name, input, account),
    answer: async (input) => {
      // A table whose indexes change is made again.
      const turn = name === 'UpdateTable' ? turns.alone : turns.shared;
      const answer = await whileBusy(clock, () => turn(() => answerOf(name, input)));
      const restored = settingsOf(tableName(String(input['TableName'])))?.restored;
      const described = name.endsWith('Table') ? asAws(answer, account) : answer;
      const body = name === 'DescribeTable' && restored ? withSummary(described, restored) : described;
      return apiAnswer({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body });
    },
  }));
}

/** A table that was restored says from what. */
function withSummary(answer: string, restored: RestoredFrom): string {
  const described: unknown = JSON.parse(answer);
  const Table = isJsonObject(described) ? described['Table'] : undefined;
  const RestoreSummary = restoreSummary(restored, { isOnTheWay: false });
  return JSON.stringify({ Table: { ...(isJsonObject(Table) && Table), RestoreSummary } });
}
