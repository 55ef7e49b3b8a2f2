import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Simulator } from '../../simulator/simulator.ts';
import { type DeliveryMode, isDeliveryMode } from '../../src/domain/delivery-mode.ts';
import { type Arrival, arrivals } from './count-deliveries.ts';

/** Where the ledger differs from the contact center and from the mails, a text each; empty if they agree. */
export async function ledgerFaults(
  simulator: Simulator,
  contactIds: readonly string[],
): Promise<readonly string[]> {
  const entries = await ledgerEntries(simulator);
  const arrived = new Map(arrivals(simulator).map((one) => [one.id, one]));
  const wrong = contactIds.flatMap((contactId) => {
    const { state, deliveredAs, deliveredId, dueAtMs, cleanedUpAtMs } = entries.get(contactId) ?? {};
    const arrival = arrived.get(String(deliveredId));
    const isRight =
      state === 'delivered' &&
      arrival?.contactId === contactId &&
      arrival.as === arrivesAs(String(deliveredAs)) &&
      dueAtMs === undefined &&
      cleanedUpAtMs !== undefined;
    return isRight ? [] : [`${contactId}: ${String(state)} as ${String(deliveredAs)} ${String(deliveredId)}`];
  });
  const unknown = [...entries.keys()].filter((contactId) => !contactIds.includes(contactId));
  return [...wrong, ...unknown.map((contactId) => `${contactId}: nobody called`)];
}

/** By delivery mode: what a recipient gets to see. */
const ARRIVES_AS: Readonly<Record<DeliveryMode, Arrival['as']>> = {
  task: 'task',
  guided_task: 'task',
  email: 'email',
};

function arrivesAs(mode: string): Arrival['as'] | undefined {
  return isDeliveryMode(mode) ? ARRIVES_AS[mode] : undefined;
}

/** The items of the ledger's table, by contact id. */
export async function ledgerEntries({
  endpoint,
  credentials,
  deployment,
}: Simulator): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const dynamodb = new DynamoDBClient({ endpoint, credentials, region: 'us-east-1' });
  const [table] = Object.values(deployment.tables);
  const entries = new Map<string, Readonly<Record<string, unknown>>>();
  const client = DynamoDBDocumentClient.from(dynamodb);
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table?.name })) {
    for (const item of Items) entries.set(String(item['contactId']), item);
  }
  dynamodb.destroy();
  return entries;
}
