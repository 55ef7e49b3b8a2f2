import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { TemplateError } from './template/template-error.ts';
import { startTestStack } from './template/stack.fixture.ts';

const ECHO = { code: 'export const handler = async (event) => event;' };

/** The temporary folder of this file alone: other tests start simulators at the same time. */
const TEMPORARY = mkdtempSync(join(tmpdir(), 'simulator-test-'));
process.env['TMPDIR'] = TEMPORARY;
after(() => rmSync(TEMPORARY, { recursive: true }));

test('closing leaves no worker, socket, timer or folder behind', async (t) => {
  const before = leftOver();
  const simulator = await startTestStack(t, { functions: { worker: ECHO } }, { time: 'real' });
  await simulator.lambda.invoke(simulator.deployment.physicalId('worker'), '{}');
  simulator.clock.after(60_000, () => {});
  assert.notDeepEqual(leftOver(), before);

  await simulator.close();

  assert.deepEqual(leftOver(), before);
  await assert.rejects(fetch(simulator.endpoint));
});

test('closing the simulator cuts off running functions', async (t) => {
  const code = 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));';
  const simulator = await startTestStack(t, { functions: { worker: { code } } });
  const running = simulator.lambda.invoke(simulator.deployment.physicalId('worker'), '{}');

  await simulator.close();

  assert.equal((await running).functionError, 'Unhandled');
});

test('closing twice is harmless, and both calls wait for the end', async (t) => {
  const simulator = await startTestStack(t, {});

  const first = simulator.close();
  await simulator.close();

  await assert.rejects(fetch(simulator.endpoint));
  await first;
});

test('a stack that cannot be deployed leaves nothing behind either', async (t) => {
  const before = leftOver();

  await assert.rejects(
    startTestStack(t, { resources: { Web: { Type: 'AWS::EC2::Instance' } } }),
    TemplateError,
  );

  assert.deepEqual(leftOver(), before);
});

test('a folder that was passed in is kept', async (t) => {
  const folder = join(TEMPORARY, 'given');
  const simulator = await startTestStack(t, {}, { folder });

  await simulator.close();

  assert.equal(existsSync(folder), true);
});

test('the end of a test closes its simulator, even if the folder is gone', async () => {
  const hooks: (() => unknown)[] = [];
  const keep = (hook?: unknown) => void (typeof hook === 'function' && hooks.push(() => hook()));
  const simulator = await startTestStack({ after: keep }, {});
  const folder = readdirSync(TEMPORARY).find((name) => name.startsWith('test-stack-')) ?? '';
  rmSync(join(TEMPORARY, folder), { recursive: true });

  for (const hook of hooks) await hook();

  await assert.rejects(fetch(simulator.endpoint));
});

/** What keeps a process alive, and the simulator's folders. */
function leftOver() {
  const kinds = ['TCPServerWrap', 'TCPSocketWrap', 'MessagePort', 'Worker', 'Timeout'];
  return {
    resources: process.getActiveResourcesInfo().filter((kind) => kinds.includes(kind)),
    folders: readdirSync(TEMPORARY).filter((name) => name.startsWith('voicemail-simulator-')),
  };
}
