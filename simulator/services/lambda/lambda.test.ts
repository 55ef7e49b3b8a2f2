import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLambda } from './lambda.fixture.ts';

const PAUSE = '(ms) => new Promise((resolve) => setTimeout(resolve, ms))';
const MINUTE_MS = 60_000;

test('a function sees its own variables and none of the machine', async (t) => {
  const lambda = await startLambda(t, { worker: 'export const handler = async () => process.env;' });

  const found = await lambda.invoke('worker');
  const { _X_AMZN_TRACE_ID: trace, AWS_LAMBDA_LOG_STREAM_NAME: stream, ...own } = found;
  assert.deepEqual(own, { NAME: 'worker' });
  assert.match(stream, /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
  assert.match(trace, /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
});

test('two invocations at the same time run in two environments, each with its own variables', async (t) => {
  const code = `const pause = ${PAUSE};
    export const handler = async ({ set }) => {
      const before = process.env.SHARED; process.env.SHARED = set; await pause(50);
      return [before ?? null, process.env.SHARED];
    };`;
  const lambda = await startLambda(t, { worker: code });

  const both = await Promise.all([
    lambda.invoke('worker', { set: 'a' }),
    lambda.invoke('worker', { set: 'b' }),
  ]);

  assert.deepEqual(both, [
    [null, 'a'],
    [null, 'b'],
  ]);
});

test('a warm environment is used again, and the happening reports a cold start', async (t) => {
  const lambda = await startLambda(t, { worker: 'let n = 0; export const handler = async () => (n += 1);' });

  assert.equal(await lambda.invoke('worker'), 1);
  assert.equal(await lambda.invoke('worker'), 2);

  assert.deepEqual(
    lambda.invocations().map(({ cold }) => cold),
    [true, false],
  );
});

test('functions see the time of the simulator, even while it moves on', async (t) => {
  const code = `export const handler = async () => [Date.now(), new Date().getTime(), new Date(5).getTime(),
    Date.parse(Date()), new Date() instanceof Date, Object.prototype.toString.call(new Date())];`;
  const lambda = await startLambda(t, { worker: code });

  lambda.clock.advance(400 * 24 * 60 * MINUTE_MS);
  const [now, made, given, said, isDate, tag] = await lambda.invoke('worker');

  for (const time of [now, made, said]) assert.ok(Math.abs(time - lambda.clock.now()) < MINUTE_MS);
  assert.equal(given, 5);
  assert.equal(isDate, true);
  assert.equal(tag, '[object Date]');
});

test('a function that only waits takes the time of the simulator, with every kind of timer', async (t) => {
  const code = `import { setTimeout as wait } from 'node:timers/promises';
    export const handler = async () => {
      const before = Date.now();
      await (${PAUSE})(2_000);
      await wait(2_000);
      return Date.now() - before;
    };`;
  const lambda = await startLambda(t, { worker: code });
  const jumpedMs = () => new Float64Array(lambda.clock.offset)[0] ?? 0;

  const waitedMs = await lambda.invoke('worker');

  assert.ok(waitedMs >= 4_000, `${waitedMs}`);
  // The time jumped: the machine's time hardly moved.
  assert.ok(jumpedMs() > 3_000, `${jumpedMs()}`);
});

test('a function that waits longer than its time-out times out, and the next invocation starts cold', async (t) => {
  const code = `const pause = ${PAUSE}; export const handler = ({ ms }) => pause(ms);`;
  const lambda = await startLambda(t, { worker: code });

  await lambda.invoke('worker', { ms: 60_000 });
  await lambda.invoke('worker', { ms: 0 });

  const [first, second] = lambda.invocations();
  assert.match(first?.error ?? '', /Task timed out after 5\.00 seconds$/);
  assert.deepEqual([second?.error, second?.cold], [undefined, true]);
});

test('a function that works longer than its time-out is ended, and one that a busy machine delays is not', async (t) => {
  const works = 'export const handler = () => { for (;;); };';
  // As on a machine that gives it no CPU for a second.
  const isKeptWaiting = `export const handler = () =>
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);`;
  const code = { works, isKeptWaiting };
  const fast = await startLambda(t, code, { timeoutMs: 300 });
  const real = await startLambda(t, code, { timeoutMs: 300, time: 'real' });

  for (const { invoke } of [fast, real]) for (const name of Object.keys(code)) await invoke(name);

  assert.deepEqual(fast.invocations().map(isTimedOut), [true, false]);
  assert.deepEqual(real.invocations().map(isTimedOut), [true, true]);
});

function isTimedOut({ error = '' }: { readonly error?: string }): boolean {
  return error.endsWith('timed out after 0.30 seconds');
}

test('the output of a function is reported, line by line, before its end', async (t) => {
  const code = `export const handler = async () => {
    console.log('one'); console.error('two\\nthree'); process.stdout.write('fo'); process.stdout.write('ur');
  };`;
  const lambda = await startLambda(t, { worker: code });

  await lambda.invoke('worker');

  assert.deepEqual(lambda.logs('worker'), ['one', 'two', 'three', 'four']);
  const kinds = lambda.happened.map(({ kind }) => kind);
  assert.deepEqual(kinds, ['log', 'log', 'log', 'log', 'invocation']);
});

test('an injected crash fails so many invocations before the handler runs', async (t) => {
  const lambda = await startLambda(t, {
    worker: `export const handler = async () => { console.log('in'); };`,
  });

  lambda.crashNext('worker', 2);
  for (let count = 0; count < 3; count += 1) await lambda.invoke('worker');

  assert.deepEqual(lambda.logs('worker'), ['in']);
  assert.deepEqual(
    lambda.invocations().map(({ error }) => error !== undefined),
    [true, true, false],
  );
});

test('an event whose function fails is retried after one minute and after two, then it is given up', async (t) => {
  const lambda = await startLambda(t, {
    worker: `export const handler = async () => { throw new Error('no'); };`,
  });
  const given: unknown[] = [];
  const done = Promise.withResolvers<void>();
  lambda.configureAsync(lambda.arnOf('worker'), {
    maxRetries: 2,
    maxEventAgeMs: 60 * MINUTE_MS,
    onFailure: (record) => {
      given.push(record['requestContext'], record['requestPayload']);
      done.resolve();
    },
  });

  lambda.invokeAsync(lambda.arnOf('worker'), '{"say":"hello"}');
  await done.promise;

  const [first, second, third] = lambda.invocations();
  assert.ok(first && second && third);
  assert.ok(second.atMs - first.atMs >= MINUTE_MS);
  assert.ok(third.atMs - second.atMs >= 2 * MINUTE_MS);
  assert.equal(new Set([first.requestId, second.requestId, third.requestId]).size, 1);
  const functionArn = `${lambda.arnOf('worker')}:$LATEST`;
  const condition = 'RetriesExhausted';
  assert.deepEqual(given, [
    { requestId: first.requestId, functionArn, condition, approximateInvokeCount: 3 },
    { say: 'hello' },
  ]);
});

test('a failure destination that fails does not end the simulator', async (t) => {
  const bugs: unknown[] = [];
  const onBug = (error: unknown) => void bugs.push(error);
  const worker = `export const handler = async () => { throw new Error('no'); };`;
  const lambda = await startLambda(t, { worker }, { onBug });
  const asked = Promise.withResolvers<void>();
  const mistake = new Error('too long for the queue');
  lambda.configureAsync(lambda.arnOf('worker'), {
    maxRetries: 0,
    maxEventAgeMs: MINUTE_MS,
    onFailure() {
      setImmediate(asked.resolve);
      throw mistake;
    },
  });

  lambda.invokeAsync(lambda.arnOf('worker'), '{}');
  await asked.promise;

  assert.deepEqual(bugs, [mistake]);
  await lambda.clock.sleep(MINUTE_MS);
});
