import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import type { Permission } from '../../service.ts';

const TABLE_ARN_PREFIX = 'arn:aws:dynamodb:us-east-1:111122223333:table/';

/** A table's ARN. The name may be one already: the API takes either. */
function tableArn(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : TABLE_ARN_PREFIX + nameOrArn;
}

/** A table's name. The other way round. */
export function tableName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;
}

/**
 * `dynamodb:<Operation>` on every table that the input names, or on the index
 * where one is read. Source: Service Authorization Reference, Amazon DynamoDB.
 */
export function tablePermissions(operation: string, input: JsonObject): Permission[] {
  const action = `dynamodb:${operation}`;
  const { TableName: name, IndexName: index, RequestItems: items } = input;
  if (isJsonObject(items)) return Object.keys(items).map((key) => ({ action, resource: tableArn(key) }));
  if (typeof name !== 'string') return [{ action, resource: '*' }];
  const resource = typeof index === 'string' ? `${tableArn(name)}/index/${index}` : tableArn(name);
  return [{ action, resource }];
}
