import type { Account } from '../../account.ts';
import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import type { Permission } from '../../service.ts';

/** A table's ARN. The name can be an ARN already: the API accepts both. */
function tableArn(nameOrArn: string, { partition, region, id }: Account): string {
  if (nameOrArn.startsWith('arn:')) return nameOrArn;
  return `arn:${partition}:dynamodb:${region}:${id}:table/${nameOrArn}`;
}

/** A table's name, from a name or an ARN. */
export function tableName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;
}

/**
 * `dynamodb:<Operation>` on every table that the input names, or on the index if one is read. Source:
 * Service Authorization Reference, Amazon DynamoDB.
 */
export function tablePermissions(operation: string, input: JsonObject, account: Account): Permission[] {
  const action = `dynamodb:${operation}`;
  const { TableName: name, IndexName: index, RequestItems: items } = input;
  if (isJsonObject(items))
    return Object.keys(items).map((key) => ({ action, resource: tableArn(key, account) }));
  if (typeof name !== 'string') return [{ action, resource: '*' }];
  const table = tableArn(name, account);
  const resource = typeof index === 'string' ? `${table}/index/${index}` : table;
  return [{ action, resource }];
}
