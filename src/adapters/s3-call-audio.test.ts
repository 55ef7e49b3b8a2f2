import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';
import { noise } from '../../test/kvs-payload.ts';
import { s3CallAudio } from './s3-call-audio.ts';

const KEY = 'connect/acme/CallRecordings/ivr/c1_20260304T14:00 +_UTC.wav';

test('a recording comes in chunks, the same bytes, from the configured bucket', async (t) => {
  const file = noise(1, 3_000_000);
  const s3 = await fakeS3(t, (response) => response.end(file));

  const chunks = (await s3.recordings.open(KEY)) ?? assert.fail('it is there');
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);

  assert.ok(Buffer.concat(parts).equals(file));
  assert.ok(parts.length > 1);
  assert.deepEqual(s3.asked, [`GET /acme-connect-recordings/${KEY}`]);
});

test('a recording that is not there is undefined', async (t) => {
  const { recordings } = await fakeS3(t, (response) => failWith(response, 404, 'NoSuchKey'));

  assert.equal(await recordings.open(KEY), undefined);
});

const FAILURES = [
  [404, 'NoSuchBucket', 'PermanentError', 'REFUSED'],
  [403, 'AccessDenied', 'PermanentError', 'REFUSED'],
  [503, 'SlowDown', 'RetryableError', 'THROTTLED'],
  [503, 'ServiceUnavailable', 'RetryableError', 'UNAVAILABLE'],
] as const;
for (const [status, awsCode, name, code] of FAILURES) {
  test(`${awsCode} is ${code}`, async (t) => {
    const { recordings } = await fakeS3(t, (response) => failWith(response, status, awsCode));

    await assert.rejects(recordings.open(KEY), { name, code });
  });
}

test('a connection that breaks while reading is an outage, not the end of the recording', async (t) => {
  const { recordings } = await fakeS3(t, (response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write(noise(1, 500), () => response.destroy());
  });

  const chunks = (await recordings.open(KEY)) ?? assert.fail('it is there');

  await assert.rejects(
    async () => {
      for await (const _ of chunks);
    },
    { name: 'RetryableError', code: 'UNAVAILABLE' },
  );
});

function failWith(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
}

async function fakeS3(t: TestContext, answer: (response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer(({ method, url = '' }, response) => {
    const { pathname } = new URL(url, 'http://s3');
    asked.push(`${method} ${decodeURIComponent(pathname)}`);
    answer(response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const recordings = s3CallAudio(
    { bucket: 'acme-connect-recordings' },
    {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    },
  );
  return { recordings, asked };
}
