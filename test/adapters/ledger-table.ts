import { after } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createClock } from '../../simulator/clock.ts';
import { startTestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import { createDynamodb } from '../../simulator/services/dynamodb/dynamodb.ts';

/** The ledger's table, for tests of adapters. */
export const LEDGER_TABLE = {
  name: 'ledger',
  properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'contactId', AttributeType: 'S' },
      { AttributeName: 'open', AttributeType: 'S' },
      { AttributeName: 'dueAtMs', AttributeType: 'N' },
    ],
    KeySchema: [{ AttributeName: 'contactId', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'open-by-due',
        KeySchema: [
          { AttributeName: 'open', KeyType: 'HASH' },
          { AttributeName: 'dueAtMs', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  },
};

/** A client of a simulated DynamoDB with the empty table, until the test file ends. */
export async function startLedgerTable(): Promise<DynamoDBClient> {
  const clock = createClock('real');
  const dynamodb = createDynamodb({ clock });
  await dynamodb.createTable(LEDGER_TABLE);
  const { endpoint, credentials, close } = await startTestGateway([dynamodb.service], { clock });
  after(close);
  return new DynamoDBClient({ endpoint, credentials, region: 'us-east-1' });
}
