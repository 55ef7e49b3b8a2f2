#!/usr/bin/env bash
# The AWS SDK's S3 client, with an agent that keeps at most two connections: six uploads of 1 MiB at once take two,
# and six in a row one. Of 3 MiB they take six both times: from 2 MiB on an upload is announced with
# `Expect: 100-continue`, and each such request gets an agent of its own, without a limit, that keeps nothing. With
# expectContinueHeader false it does not. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-s3@3.1169.0 @smithy/node-http-handler@4.14.2
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
for (const name of ['@aws-sdk/client-s3', '@smithy/node-http-handler']) console.log(`${name} ${versionOf(name)}`);

const MIB = 2 ** 20;
const KEYS = ['1', '2', '3', '4', '5', '6'];
let connections = 0;
const answer = (request, response) => {
  request.resume().on('end', () => setTimeout(() => response.end(), 50));
};
const server = createServer(answer)
  .on('connection', () => (connections += 1))
  .on('checkContinue', (request, response) => {
    response.writeContinue();
    answer(request, response);
  })
  .listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
for (const settings of [{}, { expectContinueHeader: false }]) {
  for (const size of [1, 3]) {
    const counted = [];
    for (const together of [false, true]) {
      const s3 = new S3Client({
        endpoint: `http://127.0.0.1:${server.address().port}`,
        region: 'us-east-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        forcePathStyle: true,
        requestHandler: { httpAgent: { keepAlive: true, maxSockets: 2 } },
        ...settings,
      });
      const Body = Buffer.alloc(size * MIB);
      const put = (Key) => s3.send(new PutObjectCommand({ Bucket: 'recordings', Key, Body }));
      connections = 0;
      if (together) await Promise.all(KEYS.map(put));
      else for (const key of KEYS) await put(key);
      counted.push(connections);
      s3.destroy();
    }
    console.log(`${JSON.stringify(settings)}, ${size} MiB: in a row ${counted[0]} connections, at once ${counted[1]}`);
  }
}
server.closeAllConnections();
server.close();
JS
cat > expected.txt <<'TXT'
@aws-sdk/client-s3 3.1169.0
@smithy/node-http-handler 4.14.2
{}, 1 MiB: in a row 1 connections, at once 2
{}, 3 MiB: in a row 6 connections, at once 6
{"expectContinueHeader":false}, 1 MiB: in a row 1 connections, at once 2
{"expectContinueHeader":false}, 3 MiB: in a row 1 connections, at once 2
TXT
node --no-warnings run.mjs | tee seen.txt
diff expected.txt seen.txt && echo 'as it was found'
