import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RestCall, RestOperation } from '../../gateway/protocols.ts';
import { createClock } from '../../clock.ts';
import { AwsError } from '../../service.ts';
import { throttled } from './throttled.ts';

const CALL: RestCall = {
  params: {},
  input: {},
  query: new URLSearchParams(),
  request: {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.alloc(0),
    caller: { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/any', isAllowed: () => true },
    port: 'main',
    requestId: 'any',
  },
};

test('an operation whose quota is 0 is refused from the first call on, others have their own rate', () => {
  let nowMs = 0;
  const names = ['CreateAttachedFile', 'SearchContacts', 'StartTaskContact', 'TagContact'];
  const clock = { ...createClock('real'), now: () => nowMs };
  const operations = throttled(names.map(operationOf), clock);
  const passed = () => operations.map(callsThatPass);

  assert.deepEqual(passed(), [0, 1, 5, 25]);
  nowMs = 1000;
  assert.deepEqual(passed(), [0, 0, 2, 20]);
  nowMs = 2000;
  assert.deepEqual(passed(), [0, 1, 2, 20]);
});

function operationOf(name: string): RestOperation {
  return { name, method: 'POST', path: '/', needs: () => [], answer: () => ({}) };
}

/** Calls until one is refused. */
function callsThatPass({ name, answer }: RestOperation): number {
  for (let count = 0; ; count += 1) {
    try {
      answer(CALL);
    } catch (error) {
      assert.ok(error instanceof AwsError);
      assert.deepEqual([error.code, error.status], ['ThrottlingException', 429], name);
      return count;
    }
  }
}
