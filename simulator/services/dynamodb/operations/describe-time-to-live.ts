import { isJsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import type { DynamodbParts } from '../parts.ts';
import { tableName, tablePermissions } from '../table-permissions.ts';

/** As the template says; items stay nevertheless. */
export function describeTimeToLive({ account, answerOf, settingsOf }: DynamodbParts): JsonOperation {
  return {
    name: 'DescribeTimeToLive',
    needs: (input) => tablePermissions('DescribeTimeToLive', input, account),
    async answer({ TableName }) {
      await answerOf('DescribeTable', { TableName });
      const { TimeToLiveSpecification: asked } = settingsOf(tableName(String(TableName)))?.properties ?? {};
      const isOn = isJsonObject(asked) && String(asked['Enabled']) === 'true';
      return {
        TimeToLiveDescription: isOn
          ? { TimeToLiveStatus: 'ENABLED', AttributeName: asked['AttributeName'] }
          : { TimeToLiveStatus: 'DISABLED' },
      };
    },
  };
}
