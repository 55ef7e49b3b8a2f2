import type { Account } from '../../account.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Clock } from '../../clock.ts';
import { isJsonObject, type JsonObject, jsonService } from '../../gateway/protocols.ts';
import { AwsError, type Service } from '../../service.ts';
import { createDynaliteEngine } from './dynalite-engine.ts';
import { itemOfFailedCondition } from './failed-condition.ts';
import { createBackupBook } from './backup-book.ts';
import { dynamodbOperations } from './operations.ts';
import type { TableSettings, Tags } from './parts.ts';
import { describeTimeToLiveOf, recoveryWindow } from './recovery.ts';
import { itemsOf } from './restoring.ts';
import { asAws, asInTheModel, indexChanges, picked, tableInput } from './table-form.ts';
import { createTurns } from './turns.ts';
import { tableName } from './table-permissions.ts';
import { createWriteLog } from './write-log.ts';

export interface SimulatedDynamodb {
  readonly service: Service;
  /**
   * `properties` are those of AWS::DynamoDB::Table; properties about running a table in the cloud
   * (encryption, backups, alarms, time to live) are only described. Throws the AwsError of CreateTable.
   */
  readonly createTable: (table: { name: string; properties: JsonObject; tags?: Tags }) => Promise<void>;
  /**
   * Makes the global indexes that are new, deletes those that are gone, and sets the tags. Throws the AwsError of
   * UpdateTable.
   */
  readonly changeTable: (
    name: string,
    table: { properties: JsonObject; before: JsonObject; tags: Tags },
  ) => Promise<void>;
  readonly hasTable: (name: string) => Promise<boolean>;
  /** With its items. Throws the AwsError of DeleteTable. */
  readonly deleteTable: (name: string) => Promise<void>;
}

const CONDITION_FAILED = 'ConditionalCheckFailedException';

/**
 * Amazon DynamoDB: dynalite, in memory, behind the gateway.
 *
 * Transactions are done here, over dynalite, and so is restoring. Not done: PartiQL, streams, time to live (items
 * stay), tags but those of the template, on-demand backups, throttling, the condition keys `dynamodb:LeadingKeys` and
 * `Attributes`.
 */
export function createDynamodb({
  clock,
  account = LAPTOP_ACCOUNT,
  keepTableWrites = false,
}: {
  clock: Clock;
  account?: Account;
  /** Whether tables can be restored to a point in time. */
  keepTableWrites?: boolean;
}): SimulatedDynamodb {
  const engine = createDynaliteEngine();
  const writes = keepTableWrites ? createWriteLog(() => clock.now()) : undefined;
  const backups = createBackupBook(clock);
  const turns = createTurns();
  const made = new Map<string, TableSettings>();

  /** The JSON text of a 200. Throws AwsError as DynamoDB words it. */
  async function answerOf(operation: string, input: JsonObject): Promise<string> {
    refuseNulls(input);
    const { TableName, RequestItems } = input;
    const named = {
      ...input,
      ...(typeof TableName === 'string' && { TableName: tableName(TableName) }),
      ...(isJsonObject(RequestItems) && { RequestItems: byTableName(RequestItems) }),
    };
    const work = () => engine(operation, JSON.stringify(named));
    const isDeleting = operation === 'DeleteTable';
    const backup = isDeleting ? await backupOf(String(named.TableName)) : undefined;
    const { status, body } = await (writes?.run({ operation, input: named }, work) ?? work());
    if (status === 200) {
      if (backup) backups.add(backup);
      if (isDeleting) forget(String(named.TableName));
      return operation.endsWith('Table') ? asInTheModel(body) : body;
    }
    const error: unknown = JSON.parse(body);
    const { __type: type, message, Message, ...members } = isJsonObject(error) ? error : {};
    const code = String(type).replace(/^.*#/, '');
    const item = code === CONDITION_FAILED ? await itemOfFailedCondition(engine, named) : {};
    const text = [message, Message].find((one) => typeof one === 'string') ?? '';
    throw new AwsError(code, status, text, { ...members, ...item });
  }

  /** What DynamoDB keeps of a table with point-in-time recovery that is deleted. Undefined: nothing. */
  async function backupOf(name: string) {
    if (!recoveryWindow(made.get(name), clock.now())) return undefined;
    const answer: unknown = JSON.parse(asAws(await answerOf('DescribeTable', { TableName: name }), account));
    const table = isJsonObject(answer) ? answer['Table'] : undefined;
    const items = await itemsOf(answerOf, name);
    return {
      table: isJsonObject(table) ? table : {},
      items,
      timeToLive: describeTimeToLiveOf(made.get(name)),
    };
  }

  function forget(name: string): void {
    made.delete(name);
    writes?.forget(name);
  }

  function changeSettings(name: string, change: Partial<TableSettings>): void {
    const before = made.get(name) ?? { tags: {}, properties: {}, madeMs: clock.now() };
    made.set(name, { ...before, ...change });
  }

  /** dynalite makes and deletes tables in the background. Undefined: there is none. */
  async function statusOf(name: string): Promise<unknown> {
    const { status, body } = await engine('DescribeTable', JSON.stringify({ TableName: name }));
    const description: unknown = JSON.parse(body);
    const table = status === 200 && isJsonObject(description) ? description['Table'] : undefined;
    return isJsonObject(table) ? table['TableStatus'] : undefined;
  }

  return {
    service: jsonService({
      name: 'dynamodb',
      targetPrefix: 'DynamoDB_20120810',
      version: '1.0',
      operations: dynamodbOperations({
        clock,
        account,
        answerOf,
        turns,
        settingsOf: (name) => made.get(name),
        changeSettings,
        backups,
        writes,
      }),
    }),
    async createTable({ name, properties, tags = {} }) {
      await answerOf('CreateTable', tableInput(name, properties));
      while ((await statusOf(name)) !== 'ACTIVE') await new Promise(setImmediate);
      made.set(name, { tags, properties, madeMs: clock.now() });
    },
    async changeTable(name, { properties, before, tags }) {
      changeSettings(name, { tags, properties });
      for (const change of indexChanges(before, properties)) {
        const definitions = picked(properties, ['AttributeDefinitions']);
        const input = { TableName: name, ...definitions, GlobalSecondaryIndexUpdates: [change] };
        await answerOf('UpdateTable', input);
        while ((await statusOf(name)) !== 'ACTIVE') await new Promise(setImmediate);
      }
    },
    hasTable: async (name) => (await statusOf(name)) !== undefined,
    async deleteTable(name) {
      await answerOf('DeleteTable', { TableName: name });
      while ((await statusOf(name)) !== undefined) await new Promise(setImmediate);
    },
  };
}

/**
 * A null member of the request counts as absent. A null deeper inside fits no type of the API, and crashes
 * dynalite.
 */
function refuseNulls(input: JsonObject): void {
  const hasNull = (value: unknown): boolean =>
    value === null || (typeof value === 'object' && Object.values(value).some(hasNull));
  if (Object.values(input).every((value) => value === null || !hasNull(value))) return;
  throw new AwsError('SerializationException', 400, 'Start of structure or map found where not expected.');
}

function byTableName(items: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(items).map(([name, asked]) => [tableName(name), asked]));
}
