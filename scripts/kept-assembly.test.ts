import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import config from '../voicemail.config.ts';
import { keptOr } from './kept-assembly.ts';

const folder = mkdtempSync(join(tmpdir(), 'voicemail-kept-'));
after(() => rmSync(folder, { recursive: true }));

let root: string;
let made: string[] = [];
beforeEach(() => {
  root = mkdtempSync(join(folder, 'root-'));
  made = [];
  write('infra/app.ts', 'one app');
  write('functions/sweep/index.mjs', 'one sweep');
  write('node_modules/.package-lock.json', '{}');
});

test('what was made once is not made again, and is the same', async () => {
  assert.equal(await assembly('first'), 'template 1');
  assert.equal(await assembly('second'), 'template 1');
  assert.equal(made.length, 1);
});

test('it is made again after any change of what it depends on', async () => {
  await assembly('first');

  const changes: readonly (readonly [string, string])[] = [
    ['infra/app.ts', 'another app'],
    ['infra/functions/new.ts', 'a new file'],
    ['flows/recorder.ts', 'a flow'],
    ['src/domain/contact-attributes.ts', 'an attribute'],
    ['package.json', 'another version'],
    ['node_modules/.package-lock.json', 'another package'],
    ['functions/sweep/index.mjs', 'another sweep'],
  ];
  for (const [index, [file, content]] of changes.entries()) {
    write(file, content);
    assert.equal(await assembly(`after-${index}`), `template ${index + 2}`, file);
  }
  assert.equal(await assembly('settings', { ...config, retentionDays: 17 }), 'template 9');
});

test('where nothing can be kept, it is made each time', async () => {
  const belowFile = join(root, 'infra/app.ts/kept');

  assert.equal(await assembly('first', config, belowFile), 'template 1');
  assert.equal(await assembly('second', config, belowFile), 'template 2');
});

test('a few are kept, and the oldest go', async () => {
  for (let index = 0; index < 12; index += 1) {
    write('infra/app.ts', `app ${index}`);
    await assembly(`app-${index}`);
  }

  assert.equal(readdirSync(join(root, 'kept')).length, 8);
  assert.equal(await assembly('again'), 'template 12');
});

function write(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

async function assembly(name: string, settings = config, kept = join(root, 'kept')): Promise<string> {
  const assemblyFolder = join(folder, 'made', root.slice(folder.length + 1), name);
  const make = async () => {
    mkdirSync(assemblyFolder, { recursive: true });
    writeFileSync(join(assemblyFolder, 'template.json'), `template ${made.push(name)}`);
  };
  await keptOr({ config: settings, functionsFolder: join(root, 'functions'), assemblyFolder }, make, {
    root,
    kept,
  });
  return readFileSync(join(assemblyFolder, 'template.json'), 'utf8');
}
