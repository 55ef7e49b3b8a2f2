import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiRequest, AwsError } from '../service.ts';
import { ANONYMOUS } from './answer-call.ts';
import { apiAnswer, jsonService, restJsonService } from './protocols.ts';

const json = jsonService({
  name: 'transcribe',
  targetPrefix: 'Transcribe',
  version: '1.1',
  operations: [
    {
      name: 'Echo',
      needs: (input) => [{ action: 'x:Echo', resource: String(input['of']) }],
      answer: (input) => input,
    },
  ],
});

const rest = restJsonService({
  name: 'connect',
  operations: [
    {
      name: 'Labels',
      method: 'GET',
      path: '/things/{A}/{B}',
      needs: () => [],
      answer: ({ params }) => params,
    },
    { name: 'Fixed', method: 'GET', path: '/things/fixed/{B}', needs: () => [], answer: () => undefined },
    {
      name: 'Blob',
      method: 'POST',
      path: '/blob',
      blob: true,
      needs: () => [],
      answer: ({ input, request }) =>
        apiAnswer({ status: 202, body: `${Object.keys(input).length}${request.body.toString()}` }),
    },
    { name: 'Input', method: 'POST', path: '/input', needs: () => [], answer: ({ input }) => input },
  ],
});

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

test('a JSON operation is found by its target and gets its input', async () => {
  const asked = requestOf({
    headers: { 'x-amz-target': 'Transcribe.Echo' },
    body: Buffer.from('{"of":"it"}'),
  });

  const operation = json.find(asked);

  assert.deepEqual(operation?.needs(asked), [{ action: 'x:Echo', resource: 'it' }]);
  assert.deepEqual(await operation?.answer(asked), {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: '{"of":"it"}',
  });
});

test('an unknown JSON operation is not found', () => {
  assert.equal(json.find(requestOf({ headers: { 'x-amz-target': 'Transcribe.Other' } })), undefined);
  assert.equal(json.find(requestOf({})), undefined);
});

test('a body that is not JSON is refused by the operation', async () => {
  const asked = requestOf({ method: 'POST', path: '/input', body: Buffer.from('{') });

  await assert.rejects(async () => rest.find(asked)?.answer(asked), {
    code: 'SerializationException',
    status: 400,
  });
});

test('if two paths fit, the one with more fixed words is used', () => {
  assert.equal(rest.find(requestOf({ method: 'GET', path: '/things/fixed/b' }))?.name, 'Fixed');
  assert.equal(rest.find(requestOf({ method: 'GET', path: '/things/a/b' }))?.name, 'Labels');
});

test('an empty answer is an empty object', async () => {
  const asked = requestOf({ method: 'GET', path: '/things/fixed/b' });

  assert.equal((await rest.find(asked)?.answer(asked))?.body, '{}');
});

test('an answer made by `apiAnswer` is sent unchanged, and a payload arrives unchanged', async () => {
  const asked = requestOf({ path: '/blob', body: Buffer.from('not JSON') });

  assert.deepEqual(await rest.find(asked)?.answer(asked), { status: 202, body: '0not JSON' });
});

test('an error of a REST service names its code in a header too', () => {
  const error = new AwsError('ThrottlingException', 429, 'Too fast', { Reason: 'x' });

  assert.deepEqual(rest.errorAnswer(error, requestOf({})), {
    status: 429,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': 'ThrottlingException',
      'x-amz-errortype': 'ThrottlingException',
    },
    body: '{"__type":"ThrottlingException","message":"Too fast","Message":"Too fast","Reason":"x"}',
  });
});
