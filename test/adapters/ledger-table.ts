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
