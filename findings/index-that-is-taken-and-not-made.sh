#!/usr/bin/env bash
# dynalite, an index that is added to an existing table with the throughput that dynalite asks for: UpdateTable answers
# as if all were well, and the index is never there; an index that the table had is not deleted either. DynamoDB does
# both. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund dynalite@4.0.0 @aws-sdk/client-dynamodb@3.1162.0
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  QueryCommand,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
console.log(`dynalite ${JSON.parse(readFileSync('node_modules/dynalite/package.json', 'utf8')).version}`);

const server = dynalite({ createTableMs: 0, updateTableMs: 0 });
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const client = new DynamoDBClient({
  endpoint: `http://127.0.0.1:${server.address().port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});
const TableName = 'Letters';
const throughput = { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } };
const attribute = (AttributeName) => ({ AttributeName, AttributeType: 'S' });
const index = (name) => ({
  IndexName: `by-${name}`,
  KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
  Projection: { ProjectionType: 'KEYS_ONLY' },
  ...throughput,
});
const indexes = async () => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return (Table.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName).join() || 'none';
};
const change = async (what) => {
  const command = new UpdateTableCommand({
    TableName,
    AttributeDefinitions: ['id', 'sender', 'reader'].map(attribute),
    GlobalSecondaryIndexUpdates: [what],
  });
  return client.send(command).then(() => 'taken', (error) => error.name);
};

await client.send(
  new CreateTableCommand({
    TableName,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: ['id', 'sender'].map(attribute),
    GlobalSecondaryIndexes: [index('sender')],
    ...throughput,
  }),
);
await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 1 }, { TableName });
console.log(`made with the table: ${await indexes()}`);
console.log(`an index is added: ${await change({ Create: index('reader') })}; there are: ${await indexes()}`);
const query = new QueryCommand({
  TableName,
  IndexName: 'by-reader',
  KeyConditionExpression: 'reader = :reader',
  ExpressionAttributeValues: { ':reader': { S: 'ana' } },
});
console.log(`it is asked: ${await client.send(query).then(() => 'answered', (error) => error.name)}`);
console.log(`one is deleted: ${await change({ Delete: { IndexName: 'by-sender' } })}; there are: ${await indexes()}`);
client.destroy();
server.close();
JS
cat > expected.txt <<'TXT'
dynalite 4.0.0
made with the table: by-sender
an index is added: taken; there are: by-sender
it is asked: ValidationException
one is deleted: taken; there are: by-sender
TXT
node --no-warnings run.mjs 2> warnings.txt | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
