import { apiAnswer, type JsonOperation } from '../../gateway/protocols.ts';
import { whileBusy } from '../../gateway/while-busy.ts';
import type { DynamodbParts } from './parts.ts';
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
/** dynalite takes Region and account from the environment, or its own defaults. */
const DYNALITE_ACCOUNT = /arn:aws:dynamodb:[^:"]*:\d+(?=:table\/)/g;

/** All operations of DynamoDB over the wire: dynalite answers all but one, so none has a file of its own. */
export function dynamodbOperations(parts: DynamodbParts): readonly JsonOperation[] {
  return [...ofDynalite(parts), listTagsOfResource(parts)];
}

function ofDynalite({ clock, account, answerOf }: DynamodbParts): readonly JsonOperation[] {
  const { partition, region, id } = account;
  const arnPrefix = `arn:${partition}:dynamodb:${region}:${id}`;
  return NAMES.map((name) => ({
    name,
    needs: (input) => tablePermissions(name, input, account),
    answer: async (input) => {
      const answer = await whileBusy(clock, () => answerOf(name, input));
      const body = name.endsWith('Table') ? answer.replaceAll(DYNALITE_ACCOUNT, arnPrefix) : answer;
      return apiAnswer({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body });
    },
  }));
}

/** Of a table that the template made. Source: Amazon DynamoDB API reference. */
function listTagsOfResource({ answerOf, tagsOf }: DynamodbParts): JsonOperation {
  return {
    name: 'ListTagsOfResource',
    needs: ({ ResourceArn }) => [{ action: 'dynamodb:ListTagsOfResource', resource: String(ResourceArn) }],
    async answer({ ResourceArn }) {
      const name = tableName(String(ResourceArn));
      // Throws what DynamoDB answers for a table that is not there.
      await answerOf('DescribeTable', { TableName: name });
      return { Tags: Object.entries(tagsOf(name)).map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}
