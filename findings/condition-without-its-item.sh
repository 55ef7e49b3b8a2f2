#!/usr/bin/env bash
# dynalite and ReturnValuesOnConditionCheckFailure: a write whose condition fails is answered without the item that
# DynamoDB sends along with ALL_OLD. ALL_OLD of ReturnValues, for a write that succeeds, it does know. Fails if that
# changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund dynalite@4.0.0 @aws-sdk/client-dynamodb@3.1162.0
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { CreateTableCommand, DynamoDBClient, PutItemCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
console.log(`dynalite ${JSON.parse(readFileSync('node_modules/dynalite/package.json', 'utf8')).version}`);

const server = dynalite({ createTableMs: 0 });
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const client = new DynamoDBClient({
  endpoint: `http://127.0.0.1:${server.address().port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});
const TableName = 'Leases';
await client.send(
  new CreateTableCommand({
    TableName,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
);
await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 1 }, { TableName });
const put = (owner, more) =>
  client.send(new PutItemCommand({ TableName, Item: { id: { S: '1' }, owner: { S: owner } }, ...more }));
await put('first');
const ConditionExpression = 'attribute_not_exists(id)';
const failed = await put('second', { ConditionExpression, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }).then(
  () => 'written',
  ({ name, Item }) => `${name}, ${Item ? 'with' : 'without'} the item`,
);
console.log(`the condition fails: ${failed}`);
const { Attributes } = await put('third', { ReturnValues: 'ALL_OLD' });
console.log(`no condition: written, ${Attributes ? 'with' : 'without'} the item before`);
client.destroy();
server.close();
JS
cat > expected.txt <<'TXT'
dynalite 4.0.0
the condition fails: ConditionalCheckFailedException, without the item
no condition: written, with the item before
TXT
node --no-warnings run.mjs 2> warnings.txt | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
