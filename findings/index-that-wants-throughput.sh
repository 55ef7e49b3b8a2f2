#!/usr/bin/env bash
# dynalite, a table that is paid for by request, and an index without ProvisionedThroughput, as DynamoDB has it there:
# made with the table it is taken; added to the table later it is refused. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund dynalite@4.0.0 @aws-sdk/client-dynamodb@3.1162.0
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import * as sdk from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
console.log(`dynalite ${JSON.parse(readFileSync('node_modules/dynalite/package.json', 'utf8')).version}`);

const server = dynalite({ createTableMs: 0, updateTableMs: 0 });
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const client = new sdk.DynamoDBClient({
  endpoint: `http://127.0.0.1:${server.address().port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});
const attribute = (AttributeName) => ({ AttributeName, AttributeType: 'S' });
const index = {
  IndexName: 'mailbox',
  KeySchema: [{ AttributeName: 'mailbox', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'KEYS_ONLY' },
};
const create = (TableName, more) =>
  client.send(
    new sdk.CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [attribute('id')],
      ...more,
    }),
  );
const add = (ProvisionedThroughput) =>
  client.send(
    new sdk.UpdateTableCommand({
      TableName: 'Later',
      AttributeDefinitions: [attribute('id'), attribute('mailbox')],
      GlobalSecondaryIndexUpdates: [{ Create: { ...index, ProvisionedThroughput } }],
    }),
  );
const outcomeOf = (call) => call.then(() => 'taken', (error) => error.name);

const AttributeDefinitions = [attribute('id'), attribute('mailbox')];
const withTable = create('AtOnce', { AttributeDefinitions, GlobalSecondaryIndexes: [index] });
console.log(`with the table, without throughput: ${await outcomeOf(withTable)}`);
await create('Later');
await sdk.waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 1 }, { TableName: 'Later' });
console.log(`added later, without throughput: ${await outcomeOf(add())}`);
console.log(`added later, with throughput: ${await outcomeOf(add({ ReadCapacityUnits: 1, WriteCapacityUnits: 1 }))}`);
client.destroy();
server.close();
JS
cat > expected.txt <<'TXT'
dynalite 4.0.0
with the table, without throughput: taken
added later, without throughput: ValidationException
added later, with throughput: taken
TXT
node --no-warnings run.mjs 2> warnings.txt | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
