#!/usr/bin/env bash
# The same settings of time mean something else to Kinesis's client than to other clients of one AWS SDK, because it
# speaks HTTP/2: socketTimeout, and throwOnRequestTimeout, do nothing there, and requestTimeout alone, which only
# warns elsewhere, ends the call. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-kinesis@3.1143.0 @aws-sdk/client-sqs@3.1169.0 \
  @smithy/node-http-handler@4.14.2
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
console.log(`node-http-handler ${versionOf('@smithy/node-http-handler')}`);

/** Answers after a second, ten times as long as the limits. */
const afterASecond = (request, answer) => {
  request.resume().on('end', () => setTimeout(() => answer.end('{}'), 1000));
};
const services = [
  ['@aws-sdk/client-sqs', createServer, SQSClient, ListQueuesCommand],
  ['@aws-sdk/client-kinesis', createHttp2Server, KinesisClient, ListStreamsCommand],
];
const limits = [{ socketTimeout: 100, throwOnRequestTimeout: true }, { requestTimeout: 100 }];
for (const [name, create, Client, Command] of services) {
  console.log(`${name} ${versionOf(name)}`);
  const server = create(afterASecond).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  for (const requestHandler of limits) {
    const client = new Client({
      endpoint: `http://127.0.0.1:${server.address().port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
      requestHandler,
    });
    const outcome = await client.send(new Command({})).then(
      () => 'answered after a second',
      (error) => error.name,
    );
    console.log(`  ${JSON.stringify(requestHandler)}: ${outcome}`);
    client.destroy();
  }
  server.close();
}
JS
cat > expected.txt <<'TXT'
node-http-handler 4.14.2
@aws-sdk/client-sqs 3.1169.0
  {"socketTimeout":100,"throwOnRequestTimeout":true}: TimeoutError
  {"requestTimeout":100}: answered after a second
@aws-sdk/client-kinesis 3.1143.0
  {"socketTimeout":100,"throwOnRequestTimeout":true}: answered after a second
  {"requestTimeout":100}: TimeoutError
TXT
node --no-warnings run.mjs 2> warnings.txt | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
