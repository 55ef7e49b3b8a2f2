#!/usr/bin/env bash
# Clients of one AWS SDK, made alike, try a failing call three times, and DynamoDB's four times. Whoever adds up
# time-outs must know. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-dynamodb@3.1162.0 @aws-sdk/client-sqs@3.1169.0
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
const versionOf = (name) => JSON.parse(readFileSync(`node_modules/@aws-sdk/${name}/package.json`, 'utf8')).version;

let asked = 0;
const server = createServer((request, answer) => {
  request.resume().on('end', () => {
    asked += 1;
    answer.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' });
    answer.end('{"__type":"InternalServerError","message":"no"}');
  });
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const settings = {
  endpoint: `http://127.0.0.1:${server.address().port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
};
const calls = [
  ['client-sqs', () => new SQSClient(settings).send(new ListQueuesCommand({}))],
  ['client-dynamodb', () => new DynamoDBClient(settings).send(new ListTablesCommand({}))],
];
for (const [name, call] of calls) {
  asked = 0;
  const outcome = await call().then(() => 'answered', (error) => error.name);
  console.log(`${name} ${versionOf(name)}: ${asked} tries, then ${outcome}`);
}
server.closeAllConnections();
server.close();
JS
cat > expected.txt <<'TXT'
client-sqs 3.1169.0: 3 tries, then InternalServerError
client-dynamodb 3.1162.0: 4 tries, then InternalServerError
TXT
node --no-warnings run.mjs | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
