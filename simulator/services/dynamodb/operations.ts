import { apiAnswer, type JsonOperation } from '../../gateway/protocols.ts';
import { whileBusy } from '../../gateway/while-busy.ts';
import type { DynamodbParts } from './parts.ts';
import { tablePermissions } from './table-permissions.ts';

/** What dynalite does. Tags and everything newer answer 501. */
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
/** dynalite takes Region and account from the environment, and some of its own where it finds none. */
const DYNALITE_ACCOUNT = /arn:aws:dynamodb:[^:"]*:\d+(?=:table\/)/g;

/** Everything that can be asked of DynamoDB over the wire: dynalite answers all of it, so none has a file of its own. */
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
