import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { workerCode } from './worker-code.ts';
import type { Call, WorkerSettings } from './worker-messages.ts';

const CALL: Call = {
  requestId: 'r1',
  payload: '{"said":"call me back"}',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:hears',
  timeoutMs: 3000,
  traceId: 'Root=1-0-0',
};

/** What a worker of that code answers, once it has loaded the function. */
async function answerOf(code: string, folder: string): Promise<unknown> {
  const workerData: WorkerSettings = {
    folder,
    handler: 'index.handler',
    offset: new SharedArrayBuffer(8),
    functionName: 'hears',
    memoryMb: 128,
    logGroupName: '',
    logStreamName: '',
  };
  const worker = new Worker(code, {
    eval: true,
    workerData,
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  try {
    assert.deepEqual(await once(worker, 'message'), [{ kind: 'ready' }]);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker is not a window
    worker.postMessage(CALL);
    const [answer] = await once(worker, 'message');
    return answer;
  } finally {
    await worker.terminate();
  }
}

test('a worker runs a function with a compile cache, and without one', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'worker-code-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = ({ said }) => ({ heard: said });');
  for (const code of [workerCode(''), workerCode(join(folder, 'cache'))])
    assert.deepEqual(await answerOf(code, folder), { kind: 'answer', payload: '{"heard":"call me back"}' });
});

test('without a compile cache, no worker has to take types away', () => {
  assert.doesNotMatch(workerCode(''), /runtime\.ts['"]|import type|: string/);
});
