import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

/** Each folder of the product, and the folders of it that it may import from. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  steps: ['domain'],
  adapters: ['domain', 'steps'],
  handlers: ['domain', 'steps'],
  main: ['domain', 'steps', 'adapters', 'handlers'],
  'config.ts': ['domain'],
  'log.ts': ['domain'],
};

/** Only these folders of the product may name the AWS SDK. */
const KNOWS_AWS = ['adapters', 'main'];
/** The packages that the domain may import: they only compute. */
const KNOWN_TO_DOMAIN = /^(\.|zod\/(mini|v4\/locales\/en\.js)$|node:|handlebars\/|libphonenumber-js\/min$)/;
const LONGEST_FILE_LINES = 300;

const importsOf = (source: string) =>
  [...source.matchAll(/(?:\sfrom |^import |\bimport\()'([^']+)'/gm)].map(([, target = '']) => target);

const folderOf = (file: string, target: string) => relative('.', join(dirname(file), target)).split('/');

for (const file of globSync('src/**/*.ts').filter((name) => !name.endsWith('.test.ts'))) {
  const [, folder = ''] = file.split('/');

  test(`${file} keeps to its layer`, () => {
    for (const target of importsOf(readFileSync(file, 'utf8'))) {
      if (target.startsWith('@aws-sdk/')) {
        assert.ok(KNOWS_AWS.includes(folder), `${folder}/ must not import ${target}`);
      }
      if (folder === 'domain') {
        assert.ok(KNOWN_TO_DOMAIN.test(target), `domain/ must not import ${target}`);
      }
      if (!target.startsWith('.')) continue;
      const [top, imported = '', ...rest] = folderOf(file, target);
      assert.equal(top, 'src', `src/ must not import ${target}`);
      if (rest.length === 0) continue; // src/log.ts and its like belong to every layer
      assert.ok(
        imported === folder || MAY_IMPORT[folder]?.includes(imported),
        `${folder}/ must not import ${target}`,
      );
    }
  });
}

/** Tables of what AWS is, which simulator and product share. They import nothing of ours but each other. */
const FACTS_OF_AWS = ['flows/language', 'infra/regions'];

test('the simulator knows nothing of the product, and the product nothing of the simulator', () => {
  for (const file of globSync('{simulator,src}/**/*.ts')) {
    const [own = ''] = file.split('/');
    const allowed = file.endsWith('.test.ts') ? [own, 'test', 'samples', 'laptop', 'scripts'] : [own];
    for (const target of importsOf(readFileSync(file, 'utf8'))) {
      if (!target.startsWith('.')) continue;
      const [top = '', below] = folderOf(file, target);
      if (own === 'simulator' && FACTS_OF_AWS.includes(`${top}/${below}`)) continue;
      assert.ok(allowed.includes(top), `${file} must not import ${target}`);
    }
  }
});

/** Folders that look things up in AWS, or change them there. */
const ASKS_AWS = /^cli\/(?:aws|doctor\/facts|init\/aws)\//;

test('the command line takes rules from the product, and in few folders its adapters and the AWS SDK', () => {
  for (const file of globSync('cli/**/*.ts').filter((name) => !name.endsWith('.test.ts'))) {
    for (const target of importsOf(readFileSync(file, 'utf8'))) {
      if (target.startsWith('@aws-sdk/')) assert.match(file, ASKS_AWS, `${file} must not import ${target}`);
      if (!target.startsWith('.')) continue;
      const [top, folder] = folderOf(file, target);
      const allowed = ASKS_AWS.test(file) ? ['domain', 'adapters', 'steps'] : ['domain'];
      assert.ok(top !== 'src' || allowed.includes(folder ?? ''), `${file} must not import ${target}`);
    }
  }
});

test('no file imports itself by way of others, not even for a type', () => {
  const files = globSync('{src,flows,infra,simulator,cli,laptop,scripts,test,bench}/**/*.ts').map((file) =>
    relative('.', file),
  );
  const imports = new Map(
    files.map((file) => {
      const targets = importsOf(readFileSync(file, 'utf8')).filter((target) => target.startsWith('.'));
      return [file, targets.map((target) => relative('.', join(dirname(file), target)))] as const;
    }),
  );

  assert.deepEqual(findCircle(imports), undefined);
});

/** A path of imports that ends where it begins, if there is one. */
function findCircle(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of imports.get(file) ?? []) {
      const circle = visit(target, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}

test('no source file is too long to keep in mind', () => {
  const long = globSync('{src,flows,infra,simulator,cli,laptop,scripts,test,bench}/**/*.ts').filter(
    (file) =>
      !file.endsWith('.test.ts') && readFileSync(file, 'utf8').split('\n').length > LONGEST_FILE_LINES,
  );

  assert.deepEqual(long, []);
});
