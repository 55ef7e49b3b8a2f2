import { isJsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import type { DynamodbParts } from '../parts.ts';
import { describeTimeToLiveOf } from '../recovery.ts';
import { tableName, tablePermissions } from '../table-permissions.ts';
import { invalid } from '../transaction.ts';

/** Switches it on or off, at once. Items stay nevertheless. */
export function updateTimeToLive({
  account,
  answerOf,
  settingsOf,
  changeSettings,
}: DynamodbParts): JsonOperation {
  return {
    name: 'UpdateTimeToLive',
    needs: (input) => tablePermissions('UpdateTimeToLive', input, account),
    async answer({ TableName, TimeToLiveSpecification: wanted }) {
      await answerOf('DescribeTable', { TableName });
      if (!isJsonObject(wanted) || typeof wanted['Enabled'] !== 'boolean' || !wanted['AttributeName']) {
        throw invalid('TimeToLiveSpecification must have Enabled and AttributeName');
      }
      const name = tableName(String(TableName));
      const settings = settingsOf(name);
      const now = describeTimeToLiveOf(settings);
      const isOn = now['TimeToLiveStatus'] === 'ENABLED';
      if (isOn === wanted['Enabled']) throw invalid(`TimeToLive is already ${isOn ? 'enabled' : 'disabled'}`);
      if (isOn && now['AttributeName'] !== wanted['AttributeName']) {
        throw invalid(
          `TimeToLive is active on a different AttributeName: current AttributeName is ${String(now['AttributeName'])}`,
        );
      }
      changeSettings(name, { properties: { ...settings?.properties, TimeToLiveSpecification: wanted } });
      return { TimeToLiveSpecification: wanted };
    },
  };
}
