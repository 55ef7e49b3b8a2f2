import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiRequest } from '../service.ts';
import { ANONYMOUS } from './answer-call.ts';
import { errorAnswer, notSimulated } from './error-answer.ts';

function requestOf(parts: Partial<ApiRequest>): ApiRequest {
  return {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.alloc(0),
    caller: ANONYMOUS,
    port: 'main',
    requestId: 'r1',
    ...parts,
  };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

/** Services that are not here at all, and what their clients can read. */
const ANSWERS: readonly [string, Partial<ApiRequest>, RegExp][] = [
  [
    'ec2',
    { headers: FORM, body: Buffer.from('Action=DescribeVpcs&Version=2016-11-15') },
    /^<Response><Errors><Error><Code>UnknownOperationException<.*: DescribeVpcs<.*<RequestID>r1</,
  ],
  [
    'rds',
    { headers: FORM, body: Buffer.from('Action=DescribeDBInstances&Version=2014-10-31') },
    /^<ErrorResponse xmlns="https:\/\/rds.amazonaws.com\/doc\/2014-10-31\/"><Error>.*: DescribeDBInstances</,
  ],
  [
    'route53',
    { method: 'GET', path: '/2013-04-01/hostedzone' },
    /^<ErrorResponse .*GET \/2013-04-01\/hostedzone</,
  ],
  [
    'athena',
    { headers: { 'x-amz-target': 'AmazonAthena.ListWorkGroups' } },
    /^\{"__type":"UnknownOperationException".*AmazonAthena\.ListWorkGroups"/,
  ],
];

for (const [name, parts, wanted] of ANSWERS) {
  test(`a call of ${name} is a 501 that its clients can read`, async () => {
    const request = requestOf(parts);

    const error = await notSimulated(name, request, false);
    const { status, body } = errorAnswer(error, request, { name, service: undefined });

    assert.equal(status, 501);
    assert.ok(typeof body === 'string');
    assert.match(body, wanted);
  });
}

test('a client that asks for the code of the query protocol gets it in a header', async () => {
  const request = requestOf({
    path: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
    headers: { 'smithy-protocol': 'rpc-v2-cbor', 'x-amzn-query-mode': 'true' },
  });

  const error = await notSimulated('monitoring', request, true);
  const { headers } = errorAnswer(error, request, { name: 'monitoring', service: undefined });

  assert.match(error.message, /: PutMetricData$/);
  assert.equal(headers?.['x-amzn-query-error'], 'UnknownOperationException;Receiver');
});

test('an operation of a REST service is called by its name', async () => {
  const get = { method: 'GET' };
  const names = await Promise.all(
    [
      { name: 's3', ...requestOf({ ...get, path: '/b', query: new URLSearchParams('cors=') }) },
      { name: 's3', ...requestOf({ ...get, path: '/b/a/key', query: new URLSearchParams('torrent=') }) },
      { name: 'lambda', ...requestOf({ ...get, path: '/2018-10-31/layers/x/versions' }) },
      { name: 'connect', ...requestOf({ method: 'PUT', path: '/prompts/i' }) },
    ].map(async ({ name, ...request }) => (await notSimulated(name, request, true)).message),
  );

  assert.deepEqual(
    names.map((message) => /: (\w+) \(/.exec(message)?.[1]),
    ['GetBucketCors', 'GetObjectTorrent', 'ListLayerVersions', 'CreatePrompt'],
  );
});
