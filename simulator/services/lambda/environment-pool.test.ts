import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_AT_WORK } from './environment-pool.ts';
import { startLambda } from './lambda.fixture.ts';

const PAUSE = '(ms) => new Promise((resolve) => setTimeout(resolve, ms))';

test('invocations over the number of workers wait for a free one', async (t) => {
  const code = `const pause = ${PAUSE}; export const handler = async ({ id }) => { await pause(20); return id; };`;
  const lambda = await startLambda(t, { worker: code, other: code }, { maxEnvironments: 2 });

  const answers = await Promise.all(
    [1, 2, 3, 4, 5].map((id) => lambda.invoke(id === 3 ? 'other' : 'worker', { id })),
  );

  assert.deepEqual(answers, [1, 2, 3, 4, 5]);
});

test('a function has as many workers as the machine can run at once, and the others wait', async (t) => {
  const lambda = await startLambda(t, { worker: `export const handler = async ({ id }) => id;` });
  const ids = Array.from({ length: 3 * MOST_AT_WORK }, (_, id) => id);

  const answers = await Promise.all(ids.map((id) => lambda.invoke('worker', { id })));

  assert.deepEqual(answers, ids);
  const started = lambda.invocations().filter(({ cold }) => cold);
  assert.ok(started.length <= MOST_AT_WORK, `${started.length} workers`);
});

test('an invocation that only waits leaves its place to another', async (t) => {
  const code = `export const handler = () => new Promise((resolve) => setTimeout(resolve, 3_000));`;
  const lambda = await startLambda(t, { worker: code });
  const startedAtMs = lambda.clock.now();

  await Promise.all(Array.from({ length: 2 * MOST_AT_WORK }, () => lambda.invoke('worker')));

  assert.equal(lambda.invocations().length, 2 * MOST_AT_WORK);
  assert.ok(lambda.clock.now() - startedAtMs < 6_000, 'they waited one after the other');
});

test('invocations that wait for a worker reject when Lambda is closed', async (t) => {
  const code = `export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));`;
  const lambda = await startLambda(t, { worker: code }, { maxEnvironments: 1 });
  const running = lambda.invokeRaw(lambda.arnOf('worker'), '{}');
  const waiting = lambda.invokeRaw(lambda.arnOf('worker'), '{}');
  const refused = assert.rejects(waiting, { code: 'ServiceException', message: 'the simulator is closed' });

  await lambda.close();

  await refused;
  assert.equal((await running).functionError, 'Unhandled');
});

test('a function called by a function does not wait for a worker that its caller holds', async (t) => {
  const lambda = await startLambda(
    t,
    { worker: `export const handler = async () => 'done';` },
    { maxEnvironments: 0 },
  );

  const { payload } = await lambda.invokeRaw(lambda.arnOf('worker'), '{}', { isNested: true });

  assert.equal(payload, '"done"');
});
