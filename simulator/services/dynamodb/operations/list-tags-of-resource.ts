import type { JsonOperation } from '../../../gateway/protocols.ts';
import type { DynamodbParts } from '../parts.ts';
import { tableName } from '../table-permissions.ts';

/** Of a table that the template made. Source: Amazon DynamoDB API reference. */
export function listTagsOfResource({ answerOf, settingsOf }: DynamodbParts): JsonOperation {
  return {
    name: 'ListTagsOfResource',
    needs: ({ ResourceArn }) => [{ action: 'dynamodb:ListTagsOfResource', resource: String(ResourceArn) }],
    async answer({ ResourceArn }) {
      const name = tableName(String(ResourceArn));
      // Throws what DynamoDB answers for a table that is not there.
      await answerOf('DescribeTable', { TableName: name });
      return { Tags: Object.entries(settingsOf(name)?.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}
