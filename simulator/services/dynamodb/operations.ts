import { apiAnswer, type JsonOperation } from '../../gateway/protocols.ts';
import { whileBusy } from '../../gateway/while-busy.ts';
import type { DynamodbParts } from './parts.ts';
import { describeContinuousBackups } from './operations/describe-continuous-backups.ts';
import { describeTimeToLive } from './operations/describe-time-to-live.ts';
import { listTagsOfResource } from './operations/list-tags-of-resource.ts';
import { transactGetItems } from './operations/transact-get-items.ts';
import { transactWriteItems } from './operations/transact-write-items.ts';
import { tablePermissions } from './table-permissions.ts';

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

/** dynalite's ids are too short for the form that AWS's model gives them. */
const DYNALITE_ID = /("TableId":"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{8})"/g;

/** All operations of DynamoDB over the wire: those that dynalite answers have no file of their own. */
export function dynamodbOperations(parts: DynamodbParts): readonly JsonOperation[] {
  return [
    ...ofDynalite(parts),
    describeContinuousBackups(parts),
    describeTimeToLive(parts),
    listTagsOfResource(parts),
    transactGetItems(parts),
    transactWriteItems(parts),
  ];
}

function ofDynalite({ clock, account, answerOf, turns }: DynamodbParts): readonly JsonOperation[] {
  const { partition, region, id } = account;
  const arnPrefix = `arn:${partition}:dynamodb:${region}:${id}`;
  return NAMES.map((name) => ({
    name,
    needs: (input) => tablePermissions(name, input, account),
    answer: async (input) => {
      const answer = await whileBusy(clock, () => turns.shared(() => answerOf(name, input)));
      const body = name.endsWith('Table') ? asAws(answer, arnPrefix) : answer;
      return apiAnswer({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body });
    },
  }));
}

function asAws(answer: string, arnPrefix: string): string {
  return answer
    .replaceAll(DYNALITE_ACCOUNT, arnPrefix)
    .replaceAll(DYNALITE_ID, (_, id: string) => `${id}0000"`);
}
