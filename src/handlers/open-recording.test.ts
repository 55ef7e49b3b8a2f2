import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { fakeTelemetry } from '../../test/fake-telemetry.ts';
import type { OpenOutcome } from '../steps/open-recording.ts';
import { openRecordingHandler } from './open-recording.ts';

const TOKEN = 'c0ffee00-0000-4000-8000-0000000000c1.abc.key.signature';
const OPEN: OpenOutcome = { kind: 'open', url: 'https://s3.example.com/recording?signed', contactId: 'c1' };

test('a good link leads to the recording, and nothing on the way is kept', async () => {
  const visit = visiting(OPEN);

  const answer = await visit.follow(`/r/${TOKEN}`);

  assert.equal(answer.statusCode, 302);
  assert.equal(answer.headers?.['location'], 'https://s3.example.com/recording?signed');
  assert.equal(answer.headers?.['cache-control'], 'no-store');
  assert.deepEqual(visit.asked, [TOKEN]);
});

test('a link that has run out says so', async () => {
  const answer = await visiting({ kind: 'over', contactId: 'c1', why: 'expired' }).follow(`/r/${TOKEN}`);

  assert.equal(answer.statusCode, 410);
  assert.match(answer.body ?? '', /can no longer be played/);
});

test('anything that is not a link is turned away without being looked up', async () => {
  const visit = visiting(OPEN);

  for (const path of ['/', '/r/', '/r/a/b', `/r/${TOKEN}/..`, `/R/${TOKEN}`, `/r/${'x'.repeat(600)}`]) {
    assert.equal((await visit.follow(path)).statusCode, 403);
  }
  assert.equal((await visit.follow(`/r/${TOKEN}`, 'POST')).statusCode, 405);

  assert.deepEqual(visit.asked, []);
});

test('neither token nor signed URL reaches the log', async () => {
  const visit = visiting(OPEN);

  await visit.follow(`/r/${TOKEN}`);

  assert.equal(visit.lines.length, 1);
  assert.doesNotMatch(visit.lines.join(), /signature|signed/);
});

function visiting(outcome: OpenOutcome) {
  const asked: string[] = [];
  const { log, meter, lines } = fakeTelemetry();
  const handler = openRecordingHandler({
    async open({ token }) {
      asked.push(token);
      return outcome;
    },
    log,
    meter,
  });
  return { asked, lines, follow: (path: string, method = 'GET') => handler(urlEvent(path, method)) };
}

function urlEvent(rawPath: string, method: string): APIGatewayProxyEventV2 {
  const http = { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'browser' };
  const time = { time: '04/Mar/2026:14:02:00 +0000', timeEpoch: 1_772_632_920_000 };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: '',
    headers: {},
    requestContext: {
      accountId: 'anonymous',
      apiId: 'links',
      domainName: 'links.example.com',
      domainPrefix: 'links',
      http,
      requestId: 'request-1',
      routeKey: '$default',
      stage: '$default',
      ...time,
    },
    isBase64Encoded: false,
  };
}
