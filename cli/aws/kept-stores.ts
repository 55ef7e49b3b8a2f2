import { DeleteTableCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { askAws } from './ask-aws.ts';
import type { Asker } from './asker.ts';

/** How many items a table has. Reads all of it. Undefined: there is no such table. Throws RefusedError. */
export async function itemCount(TableName: string, { client, place }: Asker): Promise<number | undefined> {
  const pages = paginateScan({ client: client(DynamoDBClient) }, { TableName, Select: 'COUNT' });
  return askAws('dynamodb:Scan', place, async () => {
    try {
      let count = 0;
      for await (const { Count = 0 } of pages) count += Count;
      return count;
    } catch (error) {
      if (nameOf(error) === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  });
}

/** A table that is not there counts as deleted. Throws RefusedError. */
export async function deleteTable(TableName: string, { client, place }: Asker): Promise<void> {
  const command = new DeleteTableCommand({ TableName });
  await askAws('dynamodb:DeleteTable', place, () =>
    client(DynamoDBClient).send(command).catch(unlessNotFound),
  );
}

/** At once, without days in which it could be restored. One that is not there counts as deleted. Throws RefusedError. */
export async function deleteSecret(SecretId: string, { client, place }: Asker): Promise<void> {
  const command = new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true });
  await askAws('secretsmanager:DeleteSecret', place, () =>
    client(SecretsManagerClient).send(command).catch(unlessNotFound),
  );
}

function unlessNotFound(error: unknown): undefined {
  if (nameOf(error) === 'ResourceNotFoundException') return undefined;
  throw error;
}
