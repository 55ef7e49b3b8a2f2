import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { called, holdUp, runDeployment, startAccount } from './deployer.ts';
import { QUEUES } from './small-stack.ts';

/** `vmx deploy --yes` as a process, in the environment of this one. */
function deployingProcess() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'deploying-process.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let heard = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
    for (const listener of listeners) listener();
  });
  return {
    interrupt: () => child.kill('SIGINT'),
    heard: () => heard,
    /** Resolves once it has said that. */
    says: (words: RegExp) =>
      new Promise<void>((resolve) => {
        const look = () => void (words.test(heard) && resolve());
        listeners.add(look);
        look();
      }),
    code: new Promise<number | null>((resolve) => void child.on('exit', (code) => resolve(code))),
  };
}

test('the first Ctrl+C says that CloudFormation goes on, the second leaves, and the next run watches on', async (t) => {
  const { stackPace, goOn } = holdUp();
  const { simulator, stack } = await startAccount(t, { stackPace });
  const deploying = deployingProcess();
  await called(simulator, 'ExecuteChangeSet');
  await called(simulator, 'DescribeStackEvents');

  deploying.interrupt();
  await deploying.says(
    /CloudFormation goes on by itself: npx vmx deploy, run again, .*Ctrl\+C again ends the watching/,
  );
  deploying.interrupt();

  assert.equal(await deploying.code, 130, deploying.heard());
  assert.equal((await stack())?.StackStatus, 'CREATE_IN_PROGRESS');
  const next = await runDeployment(t, { resources: QUEUES, wait: () => Promise.resolve(goOn()) }, '--yes');
  assert.equal(await next.ended, 0);
  assert.match(next.heard(), /It ended well\.[^]*Nothing in the stack VoicemailExpress would change/);
});
