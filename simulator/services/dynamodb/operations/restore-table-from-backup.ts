import type { JsonOperation } from '../../../gateway/protocols.ts';
import { whileBusy } from '../../../gateway/while-busy.ts';
import type { DynamodbParts } from '../parts.ts';
import { requireTarget, restoreInto, targetPermissions } from '../restoring.ts';

/** A new table with what is in a backup. Throws AwsError BackupNotFoundException. */
export function restoreTableFromBackup(parts: DynamodbParts): JsonOperation {
  const { clock, account, answerOf, backups, turns } = parts;
  return {
    name: 'RestoreTableFromBackup',
    needs: (input) => [
      { action: 'dynamodb:RestoreTableFromBackup', resource: String(input['BackupArn']) },
      ...targetPermissions(input, account),
    ],
    async answer(input) {
      const { arn, madeMs, table, items } = backups.require(input['BackupArn']);
      const name = await requireTarget('RestoreTableFromBackup', input, parts);
      const restored = { tableArn: String(table['TableArn']), backupArn: arn, atMs: madeMs };
      return {
        TableDescription: await whileBusy(clock, () =>
          turns.shared(() =>
            restoreInto(name, { described: table, restored }, parts, async () => {
              for (const Item of items) await answerOf('PutItem', { TableName: name, Item });
            }),
          ),
        ),
      };
    },
  };
}
