import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createStandInRecognizer } from '../simulator/recognizer/stand-in-recognizer.ts';
import { laptopWorld } from '../simulator/services/connect/sample-world.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { announce, announcements } from './announcement.ts';
import { findSimulator, NoSimulatorError, simulatorAt } from './running-simulator.ts';

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulators-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function started(t: TestContext) {
  const simulator = await startSimulator({
    world: laptopWorld(),
    recognizer: createStandInRecognizer('hello'),
  });
  t.after(simulator.close);
  return simulator;
}

/** A program that is no simulator. */
async function otherProgram(t: TestContext): Promise<string> {
  const server = createServer((_, answer) => answer.end('{"name":"another program"}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return `http://127.0.0.1:${address.port}`;
}

test('a simulator that was announced is found, until it takes that back', async (t) => {
  const folder = folderFor(t);
  const { endpoint } = await started(t);

  const takeBack = announce(endpoint, folder);
  const found = await findSimulator(folder);
  takeBack();
  takeBack();

  assert.equal(found?.endpoint, endpoint);
  assert.equal(await findSimulator(folder), undefined);
});

test('announcements of simulators that have ended do not hurt, and are removed', async (t) => {
  const folder = folderFor(t);
  const { endpoint } = await started(t);
  const stale = { ended: 'http://127.0.0.1:1', taken: await otherProgram(t), restarted: endpoint };
  for (const [name, at] of Object.entries(stale))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ endpoint: at, pid: 1 }));
  writeFileSync(join(folder, 'torn.json'), '{"endpoint":');

  assert.equal(announcements(folder).length, 3);
  assert.equal(await findSimulator(folder), undefined);

  assert.deepEqual(readdirSync(folder), ['torn.json']);
});

test('without a folder there is none', async (t) => {
  const folder = join(folderFor(t), 'not-made');

  assert.equal(await findSimulator(folder), undefined);
  assert.equal(existsSync(folder), false);
});

const isNone = (message: RegExp) => (error: unknown) =>
  error instanceof NoSimulatorError && message.test(error.message);

test('a program that is not a simulator is named as such', async (t) => {
  await assert.rejects(
    simulatorAt('http://127.0.0.1:1'),
    isNone(/nothing answers at http:\/\/127\.0\.0\.1:1/),
  );
  await assert.rejects(simulatorAt(await otherProgram(t)), isNone(/is no simulator of Voicemail Express/));
});
