import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { buildFunctions } from './build.ts';
import { leanPackages, replacing } from './lean-packages.ts';

const ROOT = join(import.meta.dirname, '..');
/** How the SDK notes in its user agent where credentials came from. */
const FROM_ENVIRONMENT = { CREDENTIALS_ENV_VARS: 'g' };
const folder = mkdtempSync(join(tmpdir(), 'voicemail-lean-'));

after(() => rmSync(folder, { recursive: true }));

test('a package that exports something else than it did is not replaced', () => {
  const cache = { file: 'cache/index.js', contents: 'export class Cache {}' };

  assert.equal(replacing(cache, 'export class Cache { a() {} }'), cache.contents);
  assert.throws(() => replacing(cache, 'export class Cache {}\nexport const SIZE = 1;'), {
    message: 'cache/index.js exports Cache, SIZE, and what replaces it Cache: see scripts/lean-packages.ts',
  });
});

test('metadata of phone numbers that is a text holds what the literal held', async () => {
  const contents = `export { default } from 'libphonenumber-js/metadata.min.json';`;
  const [plain, lean] = await Promise.all(
    [[], [leanPackages]].map(async (plugins) => {
      const bundle = await build({
        stdin: { contents, resolveDir: ROOT },
        bundle: true,
        format: 'esm',
        write: false,
        plugins,
      });
      const file = join(folder, `metadata-${plugins.length}.mjs`);
      writeFileSync(file, bundle.outputFiles[0]?.contents ?? '');
      return (await import(file)).default;
    }),
  );

  assert.deepEqual(lean, plain);
  assert.ok(Object.keys(plain.countries).length > 200);
});

test('credentials are those of the environment, and missing without', async () => {
  const file = await bundled(
    'credentials',
    `import { defaultProvider } from '@aws-sdk/credential-provider-node';
    export const credentials = async () => await defaultProvider()();`,
  );
  const program = `
    const { credentials } = await import(${JSON.stringify(file)});
    console.log(JSON.stringify(await credentials().catch(({ name }) => name)));`;
  const found = (env: Record<string, string>): unknown =>
    JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '--eval', program], { env }).toString(),
    );

  assert.equal(found({}), 'CredentialsProviderError');
  assert.deepEqual(
    found({ AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' }),
    { accessKeyId: 'AKIA', secretAccessKey: 'secret', sessionToken: 'token', $source: FROM_ENVIRONMENT },
  );
});

test('a stack trace of a bundle names the functions, and lines that a person can find', async () => {
  const file = await bundled(
    'failing',
    `import { createHash } from 'node:crypto';
    import * as fs from 'node:fs';
    function refuseIt(text: string): never {
      throw new Error(createHash('sha256').update(text).digest('hex') + fs.constants.O_RDONLY);
    }
    class Deliverer { deliverIt() { refuseIt('a'); } }
    export function handler() { new Deliverer().deliverIt(); }`,
  );

  const { handler } = await import(file);
  assert.throws(handler, (error: Error) => {
    assert.match(error.message, /^ca978112.*0$/);
    assert.match(error.stack ?? '', /at refuseIt \(.*index\.mjs:\d+:\d{1,3}\)\n +at Deliverer\.deliverIt/);
    return true;
  });
});

/** The file of a function's bundle. */
async function bundled(name: string, source: string): Promise<string> {
  // Beside the packages that it imports.
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  const entries = mkdtempSync(join(ROOT, 'dist', 'lean-'));
  try {
    writeFileSync(join(entries, `${name}.ts`), source);
    await buildFunctions({ entries, outdir: join(folder, name) });
    return join(folder, name, name, 'index.mjs');
  } finally {
    rmSync(entries, { recursive: true });
  }
}
