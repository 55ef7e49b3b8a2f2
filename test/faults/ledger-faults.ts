import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Simulator } from '../../simulator/simulator.ts';

/** Where the ledger says something else than the contact center does; empty where they agree. */
export async function ledgerFaults(
  { endpoint, credentials, deployment, connect }: Simulator,
  contactIds: readonly string[],
): Promise<readonly string[]> {
  const dynamodb = new DynamoDBClient({ endpoint, credentials, region: 'us-east-1' });
  const [table] = Object.values(deployment.tables);
  const entries = new Map<string, Readonly<Record<string, unknown>>>();
  const client = DynamoDBDocumentClient.from(dynamodb);
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table?.name })) {
    for (const item of Items) entries.set(String(item['contactId']), item);
  }
  dynamodb.destroy();

  const taskIds = new Map(
    connect.tasks().map(({ relatedContactId, contactId }) => [relatedContactId, contactId]),
  );
  const wrong = contactIds.flatMap((contactId) => {
    const { state, deliveredId, dueAtMs, cleanedUpAtMs } = entries.get(contactId) ?? {};
    const isRight =
      state === 'delivered' &&
      deliveredId === taskIds.get(contactId) &&
      dueAtMs === undefined &&
      cleanedUpAtMs !== undefined;
    return isRight ? [] : [`${contactId}: ${String(state)}, task ${String(deliveredId)}`];
  });
  const unknown = [...entries.keys()].filter((contactId) => !contactIds.includes(contactId));
  return [...wrong, ...unknown.map((contactId) => `${contactId}: nobody called`)];
}
