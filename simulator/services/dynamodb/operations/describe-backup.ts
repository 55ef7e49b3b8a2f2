import type { JsonOperation } from '../../../gateway/protocols.ts';
import { backupDetails } from '../backup-book.ts';
import type { DynamodbParts } from '../parts.ts';
import { billingModeOf, inputLike, picked } from '../table-form.ts';

/** A backup with the table that it is of. */
export function describeBackup({ backups }: DynamodbParts): JsonOperation {
  return {
    name: 'DescribeBackup',
    needs: ({ BackupArn }) => [{ action: 'dynamodb:DescribeBackup', resource: String(BackupArn) }],
    answer({ BackupArn }) {
      const backup = backups.require(BackupArn);
      const { table, items, timeToLive } = backup;
      const form = inputLike(table, String(table['TableName']));
      return {
        BackupDescription: {
          BackupDetails: backupDetails(backup),
          SourceTableDetails: {
            ...picked(table, ['TableName', 'TableId', 'TableArn', 'TableSizeBytes', 'KeySchema']),
            TableCreationDateTime: table['CreationDateTime'],
            ProvisionedThroughput: form['ProvisionedThroughput'] ?? {
              ReadCapacityUnits: 0,
              WriteCapacityUnits: 0,
            },
            ItemCount: items.length,
            BillingMode: billingModeOf(table),
          },
          SourceTableFeatureDetails: {
            ...picked(form, ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes']),
            TimeToLiveDescription: timeToLive,
          },
        },
      };
    },
  };
}
