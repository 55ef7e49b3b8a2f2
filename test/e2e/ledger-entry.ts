import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Simulator } from '../../simulator/simulator.ts';

/** The ledger's item of a voicemail; empty if there is none. */
export async function ledgerEntry(
  { endpoint, credentials, deployment, connect }: Simulator,
  contactId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const [, , , region = ''] = connect.world.instanceArn.split(':');
  const dynamodb = new DynamoDBClient({ endpoint, credentials, region });
  const [table] = Object.values(deployment.tables);
  const command = new GetCommand({ TableName: table?.name, Key: { contactId } });
  const { Item = {} } = await DynamoDBDocumentClient.from(dynamodb).send(command);
  dynamodb.destroy();
  return Item;
}
