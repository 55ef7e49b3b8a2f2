import type { JsonOperation } from '../../../gateway/protocols.ts';
import type { DynamodbParts } from '../parts.ts';
import { describeTimeToLiveOf } from '../recovery.ts';
import { tableName, tablePermissions } from '../table-permissions.ts';

/** As the template or UpdateTimeToLive says; items stay nevertheless. */
export function describeTimeToLive({ account, answerOf, settingsOf }: DynamodbParts): JsonOperation {
  return {
    name: 'DescribeTimeToLive',
    needs: (input) => tablePermissions('DescribeTimeToLive', input, account),
    async answer({ TableName }) {
      await answerOf('DescribeTable', { TableName });
      return { TimeToLiveDescription: describeTimeToLiveOf(settingsOf(tableName(String(TableName)))) };
    },
  };
}
