import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { publishing } from './publishing.ts';

const root = mkdtempSync(join(tmpdir(), 'voicemail-run-folder-test-'));
after(() => rmSync(root, { recursive: true }));

const moduleUrl = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);

/** A process that makes a folder in PARENT, puts a file into it, says where it is, and ends or waits. */
const RUN = `
  import { writeFileSync } from 'node:fs';
  import { createRunFolder } from ${moduleUrl('run-folder.ts')};
  const [parent, what] = process.argv.slice(1);
  const folder = createRunFolder(parent);
  writeFileSync(folder + '/bundle.mjs', 'code');
  console.log(folder);
  if (what === 'wait') setInterval(() => {}, 1000);
`;

/** A process that publishes ten builds, whose files all have the same text. */
const PUBLISH = `
  import { mkdirSync, writeFileSync } from 'node:fs';
  import { setTimeout } from 'node:timers/promises';
  import { publishing } from ${moduleUrl('publishing.ts')};
  const [dist, name] = process.argv.slice(1);
  for (let count = 0; count < 10; count += 1) {
    await publishing(dist, async (folder) => {
      mkdirSync(folder + '/cdk');
      writeFileSync(folder + '/cdk/template.json', name + count);
      await setTimeout(1);
      writeFileSync(folder + '/cdk/manifest.json', name + count);
    });
  }
`;

test('a run has a folder of its own, which is removed at its end', async () => {
  const parent = mkdtempSync(join(root, 'parent-'));
  const runs = [1, 2, 3].map(() => start(RUN, parent, 'end'));

  const over = Promise.all(runs.map(ended));
  const folders = await Promise.all(runs.map(firstLine));
  await over;

  assert.equal(new Set(folders).size, 3);
  assert.deepEqual(readdirSync(parent), []);
});

test('the next run removes the folder of a killed run, and that of a running one stays', async () => {
  const parent = mkdtempSync(join(root, 'parent-'));
  const killed = start(RUN, parent, 'wait');
  const running = start(RUN, parent, 'wait');
  const [ofKilled, ofRunning] = await Promise.all([killed, running].map(firstLine));
  assert.ok(ofKilled && ofRunning);
  killed.kill('SIGKILL');
  await ended(killed);
  assert.ok(existsSync(ofKilled));

  await ended(start(RUN, parent, 'end'));

  assert.deepEqual(readdirSync(parent), [ofRunning.slice(parent.length + 1)]);
  assert.equal(readFileSync(join(ofRunning, 'bundle.mjs'), 'utf8'), 'code');
  running.kill('SIGKILL');
  await ended(running);
});

test('other folders in the temporary folder stay', async () => {
  const parent = mkdtempSync(join(root, 'parent-'));
  mkdirSync(join(parent, 'voicemail-run-another_machine-1-x'));
  mkdirSync(join(parent, 'somebody-else'));

  await ended(start(RUN, parent, 'end'));

  assert.deepEqual(readdirSync(parent), ['somebody-else', 'voicemail-run-another_machine-1-x']);
});

test('builds that are published at the same time do not mix', async () => {
  const dist = mkdtempSync(join(root, 'dist-'));

  const codes = await Promise.all(['a', 'b', 'c'].map((name) => ended(start(PUBLISH, dist, name))));

  assert.deepEqual(codes, [0, 0, 0]);
  assert.deepEqual(readdirSync(dist), ['cdk']);
  const texts = ['template.json', 'manifest.json'].map((file) =>
    readFileSync(join(dist, 'cdk', file), 'utf8'),
  );
  assert.match(texts[0] ?? '', /^[abc]9$/);
  assert.equal(texts[0], texts[1]);
});

test('a build that fails does not change the one before, and says why', async () => {
  const dist = mkdtempSync(join(root, 'dist-'));
  mkdirSync(join(dist, 'cdk'));
  writeFileSync(join(dist, 'cdk/manifest.json'), 'before');

  const failing = publishing(dist, async (folder) => {
    mkdirSync(join(folder, 'cdk'));
    throw new Error('no such setting');
  });

  await assert.rejects(failing, /no such setting/);
  assert.equal(readFileSync(join(dist, 'cdk/manifest.json'), 'utf8'), 'before');
});

function start(code: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '--eval', code, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  assert.ok(stdout);
  const [data]: readonly unknown[] = await once(stdout, 'data');
  return String(data).trim();
}

/** Its exit code. */
async function ended(child: ChildProcess): Promise<unknown> {
  const [code]: readonly unknown[] = await once(child, 'exit');
  return code;
}
