import { type Account, LAPTOP_ACCOUNT } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { apiAnswer, isJsonObject, type JsonObject, jsonService } from '../../gateway/protocols.ts';
import { whileBusy } from '../../gateway/while-busy.ts';
import { AwsError, type Service } from '../../service.ts';
import { createDynaliteEngine } from './dynalite-engine.ts';
import { itemOfFailedCondition } from './failed-condition.ts';
import { tableName, tablePermissions } from './table-permissions.ts';

export interface SimulatedDynamodb {
  readonly service: Service;
  /**
   * `properties` are those of AWS::DynamoDB::Table; what is about running a table
   * in the cloud (encryption, backups, alarms, time to live) is passed over.
   * Throws AwsError as CreateTable answers it.
   */
  readonly createTable: (table: { name: string; properties: JsonObject }) => Promise<void>;
}

/** What dynalite does. Tags and everything newer answer 501. */
const OPERATIONS = [
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
const TABLE_PROPERTIES = ['AttributeDefinitions', 'KeySchema', 'BillingMode', 'ProvisionedThroughput'];
const INDEX_PROPERTIES = ['IndexName', 'KeySchema', 'Projection', 'ProvisionedThroughput'];
const CONDITION_FAILED = 'ConditionalCheckFailedException';
/** dynalite takes Region and account from the environment, and some of its own where it finds none. */
const DYNALITE_ACCOUNT = /arn:aws:dynamodb:[^:"]*:\d+(?=:table\/)/g;

/**
 * Amazon DynamoDB: dynalite, in memory, behind the gateway.
 *
 * Not done: transactions, PartiQL, streams, time to live (items stay), tags,
 * backups, throttling, the condition keys `dynamodb:LeadingKeys` and `Attributes`.
 */
export function createDynamodb({
  clock,
  account = LAPTOP_ACCOUNT,
}: {
  clock: Clock;
  account?: Account;
}): SimulatedDynamodb {
  const { partition, region, id } = account;
  const arnPrefix = `arn:${partition}:dynamodb:${region}:${id}`;
  const engine = createDynaliteEngine();

  /** The JSON text of a 200. Throws AwsError as DynamoDB words it. */
  async function answerOf(operation: string, input: JsonObject): Promise<string> {
    refuseNulls(input);
    const { TableName, RequestItems } = input;
    const named = {
      ...input,
      ...(typeof TableName === 'string' && { TableName: tableName(TableName) }),
      ...(isJsonObject(RequestItems) && { RequestItems: byTableName(RequestItems) }),
    };
    const { status, body } = await engine(operation, JSON.stringify(named));
    if (status === 200) return body;
    const error: unknown = JSON.parse(body);
    const { __type: type, message, Message, ...members } = isJsonObject(error) ? error : {};
    const code = String(type).replace(/^.*#/, '');
    const item = code === CONDITION_FAILED ? await itemOfFailedCondition(engine, named) : {};
    const text = [message, Message].find((one) => typeof one === 'string') ?? '';
    throw new AwsError(code, status, text, { ...members, ...item });
  }

  /** dynalite makes a table in the background. */
  async function isActive(name: string): Promise<boolean> {
    const description: unknown = JSON.parse(await answerOf('DescribeTable', { TableName: name }));
    const table = isJsonObject(description) ? description['Table'] : undefined;
    return isJsonObject(table) && table['TableStatus'] === 'ACTIVE';
  }

  return {
    service: jsonService({
      name: 'dynamodb',
      targetPrefix: 'DynamoDB_20120810',
      version: '1.0',
      operations: OPERATIONS.map((name) => ({
        name,
        needs: (input) => tablePermissions(name, input, account),
        answer: async (input) => {
          const answer = await whileBusy(clock, () => answerOf(name, input));
          const body = name.endsWith('Table') ? answer.replaceAll(DYNALITE_ACCOUNT, arnPrefix) : answer;
          return apiAnswer({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body });
        },
      })),
    }),
    async createTable({ name, properties }) {
      const indexes = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'] as const;
      const input = {
        TableName: name,
        ...picked(properties, TABLE_PROPERTIES),
        ...Object.fromEntries(
          indexes.flatMap((kind) => {
            const listed = [properties[kind] ?? []].flat().filter(isJsonObject);
            return listed.length === 0
              ? []
              : [[kind, listed.map((index) => picked(index, INDEX_PROPERTIES))]];
          }),
        ),
      };
      await answerOf('CreateTable', input);
      while (!(await isActive(name))) await new Promise(setImmediate);
    },
  };
}

/** A null member of the request counts as absent; one further in fits no type of the API, and dynalite dies of it. */
function refuseNulls(input: JsonObject): void {
  const hasNull = (value: unknown): boolean =>
    value === null || (typeof value === 'object' && Object.values(value).some(hasNull));
  if (Object.values(input).every((value) => value === null || !hasNull(value))) return;
  throw new AwsError('SerializationException', 400, 'Start of structure or map found where not expected.');
}

function byTableName(items: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(items).map(([name, asked]) => [tableName(name), asked]));
}

function picked(from: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}
