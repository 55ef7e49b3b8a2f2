import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { fakeTelemetry } from '../../test/fake-telemetry.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import type { OpenOutcome } from '../steps/open-recording.ts';
import { openRecordingHandler } from './open-recording.ts';

const TOKEN = 'c0ffee00-0000-4000-8000-0000000000c1.abc.key.signature';
const OPEN: OpenOutcome = { kind: 'open', url: 'https://s3.example.com/recording?signed', contactId: 'c1' };

test('a valid link leads to the recording, and nothing is cached', async () => {
  const visit = visiting(OPEN);

  const answer = await visit.follow(`/r/${TOKEN}`);

  assert.equal(answer.statusCode, 302);
  assert.equal(answer.headers?.['location'], 'https://s3.example.com/recording?signed');
  assert.deepEqual(visit.asked, [`GET ${TOKEN}`]);
  assert.deepEqual(visit.counted, ['LinksOpened']);
});

test('the link of a test voicemail is not counted', async () => {
  const visit = visiting({
    ...OPEN,
    kind: 'open',
    url: 'https://s3.example.com/',
    contactId: 'c1',
    isTest: true,
  });

  assert.equal((await visit.follow(`/r/${TOKEN}`)).statusCode, 302);
  assert.deepEqual(visit.counted, []);
});

test('a URL is signed for the method with which the link is opened', async () => {
  const visit = visiting(OPEN);

  assert.equal((await visit.follow(`/r/${TOKEN}`, 'HEAD')).statusCode, 302);

  assert.deepEqual(visit.asked, [`HEAD ${TOKEN}`]);
});

test('a page that says that the recording was played is answered without a word', async () => {
  const visit = visiting(OPEN);

  const answer = await visit.follow(`/r/${TOKEN}/heard`, 'POST');

  assert.deepEqual([answer.statusCode, answer.body], [204, undefined]);
  assert.deepEqual([visit.asked, visit.counted], [[`heard ${TOKEN}`], []]);
});

test('what is said of a link that is not ours, or over, is refused as the link is, and counted', async () => {
  for (const [outcome, status, count] of [
    [{ kind: 'invalid' }, 403, 'LinksRefused'],
    [{ kind: 'over', contactId: 'c1', why: 'revoked' }, 410, 'LinksOver'],
  ] as const) {
    const visit = visiting(outcome);
    assert.equal((await visit.follow(`/r/${TOKEN}/heard`, 'POST')).statusCode, status);
    assert.deepEqual(visit.counted, [count]);
  }
});

test('an expired link says so', async () => {
  const visit = visiting({ kind: 'over', contactId: 'c1', why: 'expired' });

  const answer = await visit.follow(`/r/${TOKEN}`);

  assert.equal(answer.statusCode, 410);
  assert.match(answer.body ?? '', /can no longer be played/);
  assert.deepEqual(visit.counted, ['LinksOver']);
});

test('a refused link is counted, for an alarm on many', async () => {
  const visit = visiting({ kind: 'invalid' });

  assert.equal((await visit.follow(`/r/${TOKEN}`)).statusCode, 403);

  assert.deepEqual(visit.counted, ['LinksRefused']);
});

const NO_LINKS = [
  '',
  '/',
  '/r/',
  '/favicon.ico',
  '/r/a/b',
  `/r/${TOKEN}/`,
  `/r/${TOKEN}/..`,
  `/r/../r/${TOKEN}`,
  `/R/${TOKEN}`,
  `/r/${TOKEN.replaceAll('.', '%2E')}`,
  `/r/${TOKEN}%0A`,
  `/r/${TOKEN}\n`,
  '/r/%',
  '/r/%00',
  '/r/<script>',
  `/r/${'x'.repeat(257)}`,
  `/r/${'x'.repeat(1_000_000)}`,
];

test('a text that is not a link is refused without a look-up', async () => {
  const visit = visiting(OPEN);

  for (const path of NO_LINKS) {
    const answer = await visit.follow(path);

    assert.equal(answer.statusCode, 403, path.slice(0, 100));
    assert.match(answer.body ?? '', /does not work/);
  }
  assert.deepEqual([visit.asked, visit.counted], [[], []]);
});

test('a link can only be opened', async () => {
  const visit = visiting(OPEN);

  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'get', '']) {
    const answer = await visit.follow(`/r/${TOKEN}`, method);

    assert.equal(answer.statusCode, 405);
    assert.equal(answer.headers?.['allow'], 'GET, HEAD');
  }
  assert.deepEqual(visit.asked, []);
});

test('an event that is not a request is answered with a page', async () => {
  const { handler } = visiting(OPEN);

  for (const event of [undefined, null, {}, [], 'text', { rawPath: `/r/${TOKEN}` }, { requestContext: {} }]) {
    assert.equal((await handler(event)).statusCode, 403);
  }
});

test('a person who follows a link while AWS does not answer is asked to try again', async () => {
  const failing = [
    () => Promise.reject(new RetryableError('UNAVAILABLE', 'dynamodb:GetItem got no usable answer')),
    () => Promise.reject(new PermanentError('REFUSED', 's3:GetObject was refused')),
    () => Promise.reject(new TypeError('a bug')),
    () => new Promise<never>(() => {}),
  ];

  for (const open of failing) {
    const visit = visiting(open);
    const answer = await visit.follow(`/r/${TOKEN}`);

    assert.equal(answer.statusCode, 503);
    assert.equal(answer.headers?.['retry-after'], '60');
    assert.match(answer.body ?? '', /Please try again/);
    assert.doesNotMatch(answer.body ?? '', /dynamodb|s3:|bug|Error/);
    assert.deepEqual(visit.counted, ['LinksFailed']);
    assert.match(visit.lines[0] ?? '', /could not be opened.*c0ffee00-0000-4000-8000-0000000000c1/);
  }
});

test('an archived recording is said in plain words, and whether it is being restored', async () => {
  for (const [why, heading] of [
    ['archived', /<h1>This recording is archived<\/h1><p>.*Ask an administrator/],
    ['restoring', /<h1>This recording is being restored<\/h1><p>.*open the link again/],
  ] as const) {
    const visit = visiting({ kind: 'archived', contactId: 'c1', why });

    const { statusCode, body = '' } = await visit.follow(`/r/${TOKEN}`);

    assert.equal(statusCode, 409);
    assert.match(body, heading);
    assert.deepEqual(visit.counted, ['LinksOver']);
  }
});

test('no answer can be cached, framed or indexed, or run anything', async () => {
  const over: OpenOutcome = { kind: 'over', contactId: 'c1', why: 'revoked' };
  const answers = [
    await visiting(OPEN).follow(`/r/${TOKEN}`),
    await visiting(OPEN).follow('/'),
    await visiting(OPEN).follow('/', 'POST'),
    await visiting(over).follow(`/r/${TOKEN}`),
    await visiting({ kind: 'invalid' }).follow(`/r/${TOKEN}`),
    await visiting(() => Promise.reject(new TypeError('a bug'))).follow(`/r/${TOKEN}`),
  ];

  for (const { headers = {} } of answers) {
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/);
  }
});

test('the browser applies the style, because the policy names its hash', async () => {
  const { body = '', headers = {} } = await visiting({ kind: 'invalid' }).follow(`/r/${TOKEN}`);

  const style = /<style>([^]*)<\/style>/.exec(body)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');

  assert.match(String(headers['content-security-policy']), /style-src 'sha256-/);
  assert.ok(String(headers['content-security-policy']).includes(hash));
});

test('neither token nor signed URL reaches the log, in any case', async () => {
  const outcomes: Visited[] = [
    OPEN,
    { kind: 'invalid' },
    { kind: 'over', contactId: 'c1', why: 'gone' },
    () => Promise.reject(new TypeError('a bug')),
  ];

  for (const outcome of outcomes) {
    const visit = visiting(outcome);
    await visit.follow(`/r/${TOKEN}`);

    assert.match(visit.lines.at(-1) ?? '', /recording link followed/);
    assert.doesNotMatch(visit.lines.join(), /signature|signed/);
  }
});

type Visited = OpenOutcome | (() => Promise<OpenOutcome>);

function visiting(outcome: Visited) {
  const asked: string[] = [];
  const { log, meter, lines, counted } = fakeTelemetry();
  const handler = openRecordingHandler({
    async open({ token, method }) {
      asked.push(`${method} ${token}`);
      return typeof outcome === 'function' ? outcome() : outcome;
    },
    async noteHeard(token) {
      asked.push(`heard ${token}`);
      const found = typeof outcome === 'function' ? await outcome() : outcome;
      return found.kind === 'open' ? { kind: 'heard', contactId: found.contactId } : found;
    },
    log,
    meter,
    patienceMs: 5,
  });
  const follow = (path: string, method = 'GET') => handler(urlEvent(path, method));
  return { asked, lines, counted, handler, follow };
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
