import { isJsonObject, type JsonObject, type JsonOperation } from '../../gateway/protocols.ts';
import { AwsError, type Caller } from '../../service.ts';
import type { KeyRing } from '../kms/key-ring.ts';
import type { DynamodbParts } from './parts.ts';
import { sourceOf } from './restoring.ts';
import { tableName } from './table-permissions.ts';

/** What reads or writes items. Restoring reads the source. */
const OF_ITEMS: ReadonlySet<string> = new Set([
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'RestoreTableToPointInTime',
  'Scan',
  'TransactGetItems',
  'TransactWriteItems',
  'UpdateItem',
]);

/**
 * The operation, which asks the key of each table first. DynamoDB decrypts the key of the table with it, in the name of
 * who asks, to read and to write; on AWS it asks again after five minutes at the latest.
 *
 * Source: DynamoDB developer guide, "DynamoDB encryption at rest: How it works".
 */
export function askingKeys(
  operation: JsonOperation,
  parts: Pick<DynamodbParts, 'settingsOf' | 'keys'>,
): JsonOperation {
  const { keys, settingsOf } = parts;
  if (!keys || !OF_ITEMS.has(operation.name)) return operation;
  return {
    ...operation,
    answer(input, request) {
      for (const table of tablesIn(input)) {
        askTableKey(keys, { table, keyId: keyOf(settingsOf(table)?.properties) }, request.caller);
      }
      return operation.answer(input, request);
    },
  };
}

/** Undefined: a key that DynamoDB owns. */
function keyOf(properties: JsonObject | undefined): string | undefined {
  const specification = properties?.['SSESpecification'];
  if (!isJsonObject(specification)) return undefined;
  const { SSEEnabled: isOn, KMSMasterKeyId: keyId } = specification;
  return isOn === true && typeof keyId === 'string' ? keyId : undefined;
}

function askTableKey(
  keys: KeyRing,
  { table, keyId }: { table: string; keyId: string | undefined },
  caller: Caller,
): void {
  if (keyId === undefined) return;
  const encryptionContext = {
    'aws:dynamodb:tableName': table,
    'aws:dynamodb:subscriberId': caller.accountId,
  };
  const refusal = keys.refusalOf({ keyId, actions: ['Decrypt'], via: 'dynamodb', encryptionContext }, caller);
  if (!refusal) return;
  throw new AwsError('AccessDeniedException', 400, `KMS key access denied error: ${refusal.message}`);
}

function tablesIn(input: JsonObject): readonly string[] {
  const { RequestItems: items, TransactItems: transaction, TableName: name } = input;
  if (isJsonObject(items)) return Object.keys(items).map(tableName);
  if (Array.isArray(transaction)) {
    return transaction.filter(isJsonObject).flatMap((one) => Object.values(one).flatMap(namedIn));
  }
  if (typeof name === 'string') return [tableName(name)];
  return 'TargetTableName' in input ? [sourceOf(input)] : [];
}

function namedIn(asked: unknown): readonly string[] {
  const name = isJsonObject(asked) ? asked['TableName'] : undefined;
  return typeof name === 'string' ? [tableName(name)] : [];
}
