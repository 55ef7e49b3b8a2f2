import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { buildFunctions, sizesOf } from './build.ts';

const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'voicemail-build-'));
const outdir = join(folder, 'functions');

after(() => rmSync(folder, { recursive: true }));

test('each file becomes a bundle that runs by itself', async () => {
  const entries = entriesWith({
    'greet.ts': `import { z } from ${JSON.stringify(join(ROOT, 'node_modules/zod/index.js'))};
      export const handler = async (event: unknown) => 'Hello ' + z.string().parse(event);`,
    'greet.test.ts': 'throw new Error("tests are not deployed");',
  });

  const functions = await buildFunctions({ entries, outdir });

  assert.deepEqual(
    functions.map(({ name }) => name),
    ['greet'],
  );
  assert.match(sizesOf(functions), /^greet +\d+ kB$/);
  const { handler } = await import(join(outdir, 'greet/index.mjs'));
  assert.equal(await handler('Ana'), 'Hello Ana');
});

test('a function carries what it shares with others, what it loads later, and nothing else', async () => {
  const entries = entriesWith({
    'greet.ts': `import { shared } from './parts/shared.ts';
      export const handler = async () => shared + (await import('./parts/later.ts')).later;`,
    'part.ts': `import { shared } from './parts/shared.ts';
      import { own } from './parts/own.ts';
      export const handler = async () => shared + own;`,
  });
  mkdirSync(join(entries, 'parts'));
  for (const name of ['shared', 'later', 'own'])
    writeFileSync(join(entries, 'parts', `${name}.ts`), `export const ${name} = ' ${name}';`);

  const functions = await buildFunctions({ entries, outdir });

  const carried = functions.map(({ inputs }) => inputs.map((file) => basename(file)).toSorted());
  assert.deepEqual(carried, [
    ['greet.ts', 'later.ts', 'shared.ts'],
    ['own.ts', 'part.ts', 'shared.ts'],
  ]);
  const { handler: greet } = await import(join(outdir, 'greet/index.mjs?of=shared'));
  const { handler: part } = await import(join(outdir, 'part/index.mjs'));
  assert.equal(await greet(), ' shared later');
  assert.equal(await part(), ' shared own');
});

test('what an earlier build left behind is not deployed', async () => {
  mkdirSync(join(outdir, 'forgotten'), { recursive: true });
  const entries = entriesWith({ 'greet.ts': 'export const handler = async () => 1;' });

  await buildFunctions({ entries, outdir });

  assert.ok(!existsSync(join(outdir, 'forgotten')));
});

test('no bundle contains code of the simulator', async () => {
  const entries = entriesWith({
    'sweep.ts': `export { createTimerQueue as handler } from ${JSON.stringify(join(ROOT, 'simulator/timer-queue.ts'))};`,
  });

  await assert.rejects(buildFunctions({ entries, outdir }), {
    message: 'sweep must not carry simulator/timer-queue.ts into AWS',
  });
});

function entriesWith(files: Readonly<Record<string, string>>): string {
  const entries = mkdtempSync(join(folder, 'main-'));
  for (const [name, source] of Object.entries(files)) writeFileSync(join(entries, name), source);
  return entries;
}
