import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import { createBackupBook } from './backup-book.ts';
import { createDynaliteEngine } from './dynalite-engine.ts';
import { itemOfFailedCondition } from './failed-condition.ts';
import { changesIn, createIndexChanges, type IndexPace } from './index-changes.ts';
import type { DynamodbParts, TableSettings } from './parts.ts';
import { describeTimeToLiveOf, recoveryWindow } from './recovery.ts';
import { itemsOf } from './restoring.ts';
import { asAws, asInTheModel } from './table-form.ts';
import { tableName } from './table-permissions.ts';
import { createWriteLog } from './write-log.ts';

const CONDITION_FAILED = 'ConditionalCheckFailedException';

interface TableStore extends Pick<
  DynamodbParts,
  'answerOf' | 'settingsOf' | 'changeSettings' | 'backups' | 'writes'
> {
  /** dynalite makes and deletes tables in the background. Undefined: there is none. */
  readonly statusOf: (name: string) => Promise<unknown>;
}

/** The tables with their items, and what is known of them beside: settings, backups, writes. */
export function createTableStore({
  clock,
  account,
  keepTableWrites,
  ...pace
}: IndexPace & {
  clock: Clock;
  account: Account;
  keepTableWrites: boolean;
}): TableStore {
  const engine = createDynaliteEngine();
  const indexes = createIndexChanges(engine, { clock, ...pace });
  const writes = keepTableWrites ? createWriteLog(() => clock.now()) : undefined;
  const backups = createBackupBook(clock);
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
    indexes.refuse(operation, named);
    const isOfIndexes = operation === 'UpdateTable' && changesIn(named).length > 0;
    const work = isOfIndexes ? () => indexes.update(named) : () => engine(operation, JSON.stringify(named));
    const isDeleting = operation === 'DeleteTable';
    const backup = isDeleting ? await backupOf(String(named.TableName)) : undefined;
    const { status, body } = await (writes?.run({ operation, input: named }, work) ?? work());
    if (status === 200) {
      if (backup) backups.add(backup);
      if (isDeleting) forget(String(named.TableName));
      return operation.endsWith('Table') ? asInTheModel(body, indexes.described) : body;
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
    indexes.forget(name);
    writes?.forget(name);
  }

  function changeSettings(name: string, change: Partial<TableSettings>): void {
    const before = made.get(name) ?? { tags: {}, properties: {}, madeMs: clock.now() };
    made.set(name, { ...before, ...change });
  }

  async function statusOf(name: string): Promise<unknown> {
    const { status, body } = await engine('DescribeTable', JSON.stringify({ TableName: name }));
    const description: unknown = JSON.parse(body);
    const table = status === 200 && isJsonObject(description) ? description['Table'] : undefined;
    return isJsonObject(table) ? table['TableStatus'] : undefined;
  }

  return { answerOf, statusOf, settingsOf: (name) => made.get(name), changeSettings, backups, writes };
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
