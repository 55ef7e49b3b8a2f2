import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { keepBuild, publishBuild, publishedFolder } from './kept-builds.ts';

const folder = mkdtempSync(join(tmpdir(), 'voicemail-kept-builds-'));
after(() => rmSync(folder, { recursive: true }));

const FILES = ['functions/one.mjs', 'functions/two.mjs', 'cdk/manifest.json', 'cdk/template.json'];
const KEPT_UNUSED = 3;

/** What each of several runs does: builds with contents of its own, all published. `wait`: then it stays up. */
const RUN = `
  import { mkdir, writeFile } from 'node:fs/promises';
  import { keepBuild, publishBuild } from ${JSON.stringify(new URL('kept-builds.ts', import.meta.url).href)};
  const [dist, first, count, what] = process.argv.slice(1);
  for (let at = Number(first); at < Number(first) + Number(count); at += 1) {
    const kept = await keepBuild(dist, async (folder) => {
      await mkdir(folder + '/functions');
      await mkdir(folder + '/cdk');
      for (const file of ${JSON.stringify(FILES)}) {
        if (what === 'killed') process.kill(process.pid, 'SIGKILL');
        await writeFile(folder + '/' + file, String(at));
      }
    });
    await publishBuild(dist, kept);
  }
  console.log('done');
  if (what === 'wait') setInterval(() => {}, 1000);
`;

test('builds at the same time are each seen whole or not at all', async () => {
  const dist = newDist();
  await build(dist, 'the first');
  const still = { running: true };
  const runs = [0, 10, 20].map((first) => ended(run(dist, first, 10, 'end')));
  const over = Promise.all(runs).finally(() => (still.running = false));

  const seen = new Set<string>();
  for (; still.running; await new Promise(setImmediate)) {
    const assembly = await publishedFolder(dist, 'cdk');
    assert.ok(assembly);
    const texts = FILES.map((file) => readFileSync(join(assembly, '..', file), 'utf8'));
    assert.equal(new Set(texts).size, 1, texts.join(', '));
    seen.add(texts[0] ?? '');
  }

  assert.deepEqual(await over, [0, 0, 0]);
  assert.ok(seen.size > 1, 'nothing was built meanwhile');
});

test('the same content is one build, and what is published leads to it', async () => {
  const dist = newDist();

  const first = await build(dist, 'same');
  const second = await build(dist, 'same');

  assert.equal(first, second);
  assert.deepEqual(buildsIn(dist).length, 1);
  assert.equal(readFileSync(join(dist, 'cdk/manifest.json'), 'utf8'), 'same');
  assert.equal(readFileSync(join(dist, 'functions/one.mjs'), 'utf8'), 'same');
});

test('a build in which somebody deleted a file is made again', async () => {
  const dist = newDist();
  rmSync(join(await build(dist, 'same'), 'cdk/manifest.json'));

  await build(dist, 'same');

  assert.equal(readFileSync(join(dist, 'cdk/manifest.json'), 'utf8'), 'same');
});

test('a folder of an earlier version gives way to what is published', async () => {
  const dist = newDist();
  mkdirSync(join(dist, 'cdk/asset.old'), { recursive: true });

  await build(dist, 'new');

  assert.ok(lstatSync(join(dist, 'cdk')).isSymbolicLink());
  assert.equal(readFileSync(join(dist, 'cdk/manifest.json'), 'utf8'), 'new');
});

test('a build is kept as long as a process uses it, and no longer than that', async () => {
  const dist = newDist();
  const user = run(dist, 100, 1, 'wait');
  await once(user.stdout ?? user, 'data');
  const used = (await publishedFolder(dist, 'cdk')) ?? '';
  // Only that process is to use it.
  for (const mark of readdirSync(`${join(used, '..')}.used-by`))
    if (mark.startsWith(`${process.pid}@`)) rmSync(join(`${join(used, '..')}.used-by`, mark));
  await runOneByOne(dist, 20, KEPT_UNUSED + 2);
  assert.equal(readFileSync(join(used, 'manifest.json'), 'utf8'), '100');

  user.kill('SIGKILL');
  await once(user, 'exit');
  await runOneByOne(dist, 40, KEPT_UNUSED + 2);

  assert.ok(!existsSync(used));
});

test('what killed runs leave behind is removed by the next, so that it does not grow', async () => {
  const dist = newDist();
  for (let count = 0; count < 3; count += 1) assert.equal(await ended(run(dist, count, 1, 'killed')), null);
  assert.equal(buildsIn(dist).length, 1, 'each removes what the one before left');

  await runOneByOne(dist, 10, KEPT_UNUSED + 3);

  const builds = buildsIn(dist);
  assert.ok(
    builds.every((name) => /^[0-9a-f]+(\.used-by)?$/.test(name)),
    builds.join(', '),
  );
  // The last ones that nobody uses, what is published, and the notes of each.
  assert.ok(builds.length <= 2 * (KEPT_UNUSED + 3), builds.join(', '));
});

test('a build that fails leaves nothing behind, and says why', async () => {
  const dist = newDist();

  await assert.rejects(
    keepBuild(dist, async () => {
      throw new Error('no such setting');
    }),
    /no such setting/,
  );

  assert.deepEqual(buildsIn(dist), []);
});

function newDist(): string {
  return mkdtempSync(join(folder, 'dist-'));
}

async function build(dist: string, text: string): Promise<string> {
  const kept = await keepBuild(dist, async (made) => {
    for (const part of ['functions', 'cdk']) mkdirSync(join(made, part));
    for (const file of FILES) await writeFile(join(made, file), text);
  });
  await publishBuild(dist, kept);
  return kept;
}

/** Without the notes of this process, which end with it. */
function buildsIn(dist: string): readonly string[] {
  const builds = join(dist, 'builds');
  return readdirSync(builds).filter(
    (name) =>
      !name.endsWith('.used-by') ||
      readdirSync(join(builds, name)).every((mark) => !mark.startsWith(`${process.pid}@`)),
  );
}

function run(dist: string, first: number, count: number, what: 'end' | 'wait' | 'killed'): ChildProcess {
  const args = ['--input-type=module', '--eval', RUN, dist, String(first), String(count), what];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Each is over before the next begins. */
async function runOneByOne(dist: string, first: number, count: number): Promise<void> {
  for (let at = first; at < first + count; at += 1) assert.equal(await ended(run(dist, at, 1, 'end')), 0);
}

/** Its exit code. */
async function ended(child: ChildProcess): Promise<unknown> {
  const [code]: readonly unknown[] = await once(child, 'exit');
  return code;
}
