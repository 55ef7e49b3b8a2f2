import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../../../clock.ts';
import { AwsError } from '../../../service.ts';
import type { SimulatedLambda } from '../../lambda/lambda.ts';
import { createFlowFunctions } from './flow-functions.ts';

const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:show-voicemail';
const THROTTLED = new AwsError('TooManyRequestsException', 429, 'Rate Exceeded.');

/** Functions of an instance, one of them associated; each attempt to invoke it does the next of `does`. */
function functionsThat(
  t: Pick<TestContext, 'after'>,
  does: (AwsError | ReturnType<SimulatedLambda['invoke']>)[],
) {
  const clock = createClock('fast');
  t.after(clock.stop);
  const payloads: string[] = [];
  const functions = createFlowFunctions({
    clock,
    lambda: {
      async invoke(_functionArn, payload) {
        payloads.push(payload);
        const next = does.shift() ?? assert.fail('one attempt too many');
        if (next instanceof AwsError) throw next;
        return await next;
      },
    },
  });
  functions.associate(ARN);
  return { functions, payloads };
}

const answer = (payload: string) => Promise.resolve({ payload });

test('an associated function gets the event as JSON, and its answer comes back', async (t) => {
  const { functions, payloads } = functionsThat(t, [answer('{"a":"1"}'), answer('{}')]);

  const first = await functions.invoke(ARN, { Name: 'ContactFlowEvent' }, 8000);
  const latest = await functions.invoke(`${ARN}:$LATEST`, {}, 8000);

  assert.deepEqual(first, { kind: 'answered', payload: '{"a":"1"}' });
  assert.equal(latest.kind, 'answered');
  assert.deepEqual(payloads, ['{"Name":"ContactFlowEvent"}', '{}']);
});

test('a function that is not associated is not invoked', async (t) => {
  const { functions, payloads } = functionsThat(t, []);

  const refusal = await functions.invoke(`${ARN}-2`, {}, 8000);

  assert.equal(refusal.kind, 'failed');
  assert.deepEqual(payloads, []);
});

test('a throttled function is tried three more times', async (t) => {
  const passing = functionsThat(t, [THROTTLED, THROTTLED, THROTTLED, answer('{}')]);
  const lasting = functionsThat(t, [THROTTLED, THROTTLED, THROTTLED, THROTTLED]);

  assert.equal((await passing.functions.invoke(ARN, {}, 8000)).kind, 'answered');
  assert.equal((await lasting.functions.invoke(ARN, {}, 8000)).kind, 'failed');
});

test('attempts end when the time is up', async (t) => {
  const { functions, payloads } = functionsThat(t, [THROTTLED, THROTTLED, answer('{}')]);

  const late = await functions.invoke(ARN, {}, 800);

  assert.equal(late.kind, 'failed');
  assert.equal(payloads.length, 2);
});

test('an error of the function itself is not tried again', async (t) => {
  const { functions } = functionsThat(t, [Promise.resolve({ payload: '{}', functionError: 'Unhandled' })]);

  assert.equal((await functions.invoke(ARN, {}, 8000)).kind, 'failed');
});

test('a function that was deleted is not tried again', async (t) => {
  const { functions } = functionsThat(t, [new AwsError('ResourceNotFoundException', 404, 'gone')]);

  assert.equal((await functions.invoke(ARN, {}, 8000)).kind, 'failed');
});

test('an answer after the limit is ignored', async (t) => {
  const { promise, resolve } = Promise.withResolvers<{ payload: string }>();
  const { functions } = functionsThat(t, [promise]);

  const late = await functions.invoke(ARN, {}, 3000);
  resolve({ payload: '{}' });

  assert.deepEqual(late, { kind: 'failed', reason: 'no answer within 3000 ms' });
});
