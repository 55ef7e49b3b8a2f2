#!/usr/bin/env bash
# The AWS SDK's requestTimeout alone ends nothing: the handler writes a warning and waits on. With
# throwOnRequestTimeout the same call fails. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-sqs@3.1169.0 @smithy/node-http-handler@4.14.2
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
console.log(`client-sqs ${versionOf('@aws-sdk/client-sqs')}, node-http-handler ${versionOf('@smithy/node-http-handler')}`);

/** Answers after a second, ten times as long as the limit. */
const server = createServer((request, answer) => {
  request.resume().on('end', () => setTimeout(() => answer.end('{}'), 1000));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
for (const throwOnRequestTimeout of [false, true]) {
  const warnings = [];
  const logger = { trace() {}, debug() {}, info() {}, error() {}, warn: (text) => warnings.push(text) };
  const sqs = new SQSClient({
    endpoint: `http://127.0.0.1:${server.address().port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ requestTimeout: 100, throwOnRequestTimeout, logger }),
  });
  const outcome = await sqs.send(new ListQueuesCommand({})).then(
    () => 'answered after a second',
    (error) => error.name,
  );
  console.log(`throwOnRequestTimeout ${throwOnRequestTimeout}: ${outcome}, warnings: ${warnings.length}`);
}
server.closeAllConnections();
server.close();
JS
cat > expected.txt <<'TXT'
client-sqs 3.1169.0, node-http-handler 4.14.2
throwOnRequestTimeout false: answered after a second, warnings: 1
throwOnRequestTimeout true: TimeoutError, warnings: 0
TXT
node --no-warnings run.mjs | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
