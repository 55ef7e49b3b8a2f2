import { apiAnswer, type JsonOperation } from '../../gateway/protocols.ts';
import { whileBusy } from '../../gateway/while-busy.ts';
import type { DynamodbParts } from './parts.ts';
import { tablePermissions } from './table-permissions.ts';

/** The operations of dynalite. Tags and all newer operations answer 501. */
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

/** All operations of DynamoDB over the wire: dynalite answers all of them, so none has a file of its own. */
export function dynamodbOperations({ clock, account, answerOf }: DynamodbParts): readonly JsonOperation[] {
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
