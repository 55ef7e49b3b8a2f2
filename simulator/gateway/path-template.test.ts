import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathParams } from './path-template.ts';

test('an ARN in a path arrives encoded and is handed on decoded', () => {
  const params = pathParams(
    '/queues/{InstanceId}/{QueueId}',
    '/queues/arn%3Aaws%3Aconnect%3A%3A%3Ainstance%2Fi1/q1',
  );

  assert.deepEqual(params, { InstanceId: 'arn:aws:connect:::instance/i1', QueueId: 'q1' });
});

test('a colon within a label stays, encoded or not', () => {
  assert.deepEqual(pathParams('/views/{ViewId}', '/views/v1:$LATEST'), { ViewId: 'v1:$LATEST' });
  assert.deepEqual(pathParams('/views/{ViewId}', '/views/v1%3A%24LATEST'), { ViewId: 'v1:$LATEST' });
});

test('a path of another length, with another word or an empty label does not fit', () => {
  assert.equal(pathParams('/contacts/{Id}', '/contacts/c1/more'), undefined);
  assert.equal(pathParams('/contacts/{Id}', '/contact/c1'), undefined);
  assert.equal(pathParams('/contacts/{Id}', '/contacts/'), undefined);
});

test('a path with broken encoding fits nothing', () => {
  assert.equal(pathParams('/contacts/{Id}', '/contacts/%E0%A4%A'), undefined);
});
