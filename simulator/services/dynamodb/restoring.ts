import type { Account } from '../../account.ts';
import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { AwsError, type Permission } from '../../service.ts';
import type { DynamodbParts, RestoredFrom } from './parts.ts';
import { asAws, inputLike } from './table-form.ts';
import { tableName, tablePermissions } from './table-permissions.ts';
import { asked, invalid } from './transaction.ts';

/** What restoring does with the new table. Source: Service Authorization Reference, Amazon DynamoDB. */
const ON_THE_TARGET = ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];

export function targetPermissions(
  { TargetTableName: TableName }: JsonObject,
  account: Account,
): Permission[] {
  return ON_THE_TARGET.flatMap((name) => tablePermissions(name, { TableName }, account));
}

/** Throws AwsError ValidationException, TableAlreadyExistsException, UnknownOperationException. */
export async function requireTarget(
  operation: string,
  input: JsonObject,
  { answerOf }: Pick<DynamodbParts, 'answerOf'>,
): Promise<string> {
  const override = Object.keys(input).find((name) => name.endsWith('Override') && input[name] !== null);
  if (override !== undefined) {
    const message = `${operation}: the simulator does not know ${override}`;
    throw new AwsError('UnknownOperationException', 501, message);
  }
  const { TargetTableName: name } = input;
  if (typeof name !== 'string' || !/^[\w.-]{3,255}$/.test(name)) {
    throw invalid(
      "1 validation error detected: Value at 'targetTableName' failed to satisfy constraint: Member must have length between 3 and 255, and characters a-z, A-Z, 0-9, _, ., -",
    );
  }
  if (!(await describedOr(answerOf, name, undefined))) return name;
  throw new AwsError('TableAlreadyExistsException', 400, `Table already exists: ${name}`);
}

/** A table's description. Throws what `missing` is if there is no such table; answers undefined without it. */
async function describedOr(
  answerOf: DynamodbParts['answerOf'],
  TableName: unknown,
  missing: AwsError | undefined,
): Promise<JsonObject | undefined> {
  try {
    const { Table } = await asked(answerOf, 'DescribeTable', { TableName });
    return isJsonObject(Table) ? Table : undefined;
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
    if (missing) throw missing;
    return undefined;
  }
}

/** Throws AwsError TableNotFoundException. */
export async function requireTable(answerOf: DynamodbParts['answerOf'], name: unknown): Promise<JsonObject> {
  const missing = new AwsError('TableNotFoundException', 400, `Table not found: ${String(name)}`);
  return (await describedOr(answerOf, name, missing)) ?? {};
}

/**
 * Makes a table like the described one and has it filled. It has no time to live, no point-in-time recovery and no
 * tags. Here it is ready when it is answered. The answer is the description of the new table.
 */
export async function restoreInto(
  name: string,
  from: { readonly described: JsonObject; readonly restored: RestoredFrom },
  { account, answerOf, changeSettings }: DynamodbParts,
  fill: () => Promise<void>,
): Promise<JsonObject> {
  const made = await answerOf('CreateTable', inputLike(from.described, name));
  while ((await describedOr(answerOf, name, undefined))?.['TableStatus'] !== 'ACTIVE')
    await new Promise(setImmediate);
  await fill();
  changeSettings(name, { restored: from.restored });
  const answer: unknown = JSON.parse(asAws(made, account));
  const table = isJsonObject(answer) ? answer['TableDescription'] : undefined;
  const RestoreSummary = restoreSummary(from.restored, { isOnTheWay: true });
  return { ...(isJsonObject(table) && table), RestoreSummary };
}

export function restoreSummary(
  { tableArn, backupArn, atMs }: RestoredFrom,
  { isOnTheWay }: { isOnTheWay: boolean },
): JsonObject {
  return {
    ...(backupArn !== undefined && { SourceBackupArn: backupArn }),
    SourceTableArn: tableArn,
    RestoreDateTime: atMs / 1000,
    RestoreInProgress: isOnTheWay,
  };
}

/** All items of a table. */
export async function itemsOf(
  answerOf: DynamodbParts['answerOf'],
  name: string,
): Promise<readonly JsonObject[]> {
  const items: JsonObject[] = [];
  let next: unknown = undefined;
  do {
    const from = next === undefined ? {} : { ExclusiveStartKey: next };
    const page = await asked(answerOf, 'Scan', { TableName: name, ...from });
    items.push(...[page['Items'] ?? []].flat().filter(isJsonObject));
    next = page['LastEvaluatedKey'];
  } while (next !== undefined);
  return items;
}

/** The table that is asked for, by name or ARN. */
export function sourceOf({ SourceTableName: name, SourceTableArn: arn }: JsonObject): string {
  return tableName(String(arn ?? name));
}
