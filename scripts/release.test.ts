import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { before, test } from 'node:test';
import { z } from 'zod';
import { filesIn } from '../infra/checksums.ts';
import { makeRelease, type Release } from './release.ts';
import { createRunFolder } from './run-folder.ts';
import { synthesize } from './synth.ts';

const ROOT = join(import.meta.dirname, '..');
/** The folder of an administrator. The packages of the checkout stand in for those that npm would install. */
const HOME = createRunFolder();
const INSTALLED = join(HOME, 'node_modules/voicemail-express');

let release: Release;
let files: readonly string[];

before(async () => {
  release = await makeRelease(createRunFolder());
  const unpacked = createRunFolder();
  run('tar', ['-xzf', release.file, '-C', unpacked]);
  mkdirSync(dirname(INSTALLED), { recursive: true });
  cpSync(join(unpacked, 'package'), INSTALLED, { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (!name.startsWith('.'))
      symlinkSync(join(ROOT, 'node_modules', name), join(HOME, 'node_modules', name));
  // As npm has it, and an administrator who has said "npm init": JavaScript is CommonJS there.
  writeFileSync(join(HOME, 'package.json'), '{ "type": "commonjs" }');
  mkdirSync(join(HOME, 'deployments'));
  writeFileSync(
    join(HOME, 'deployments/acme.config.ts'),
    readFileSync(join(ROOT, 'voicemail.config.ts'), 'utf8').replace('./infra/config.ts', 'voicemail-express'),
  );
  files = filesIn(INSTALLED, '**/*');
});

function run(command: string, args: readonly string[]) {
  const env = { ...process.env, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
  const { status, stdout, stderr } = spawnSync(command, [...args], { cwd: HOME, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** As npx does it. */
const vmx = (...args: readonly string[]) =>
  run(process.execPath, [join(INSTALLED, 'scripts/vmx.mjs'), ...args]);

test('the same sources give the same archive in another folder', async () => {
  assert.equal((await makeRelease(createRunFolder())).sha256, release.sha256);
});

test('an archive has what runs, as JavaScript, and nothing of the developer', () => {
  const tops = new Set(files.map((file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file)));
  assert.equal(
    [...tops].toSorted().join(' '),
    'CHANGELOG.md CONTRIBUTING.md LICENSE README.md SECURITY.md SHA256SUMS cli deployments docs findings flows ' +
      'functions infra package.json samples scripts simulator src voicemail.config.ts',
  );
  const strange = files.filter((file) =>
    /\.test\.|fixture|\.map$|(?<!\.d|^voicemail\.config)\.ts$|^(simulator|deployments|findings)\/(?!README\.md)/.test(
      file,
    ),
  );
  assert.deepEqual(strange, []);
  assert.doesNotMatch(
    readFileSync(join(INSTALLED, 'package.json'), 'utf8'),
    /"private"|devDependencies|esbuild|onnx/,
  );
});

test('every document that the documents of an archive lead to is in it', () => {
  const lost = files
    .filter((file) => file.endsWith('.md') && !file.startsWith('findings/'))
    .flatMap((file) =>
      [...readFileSync(join(INSTALLED, file), 'utf8').matchAll(/\]\(([^)#\s:]+\.md)(?:#[^)]*)?\)/g)].map(
        ([, target = '']) => relative('.', join(dirname(file), target)),
      ),
    )
    .filter((target) => !files.includes(target));
  assert.deepEqual(lost, []);
});

test('an archive knows its version, shows help, and says what it does not have', () => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

  assert.deepEqual(vmx('--version'), { status: 0, stdout: `${version}\n`, stderr: '' });
  assert.match(vmx('deploy', '--help').stdout, /^vmx deploy \[options\]/);
  assert.match(vmx('call', '--press', '1').stderr, /the simulator is not part of the archive/);
});

test('an archive reckons what its stack costs, with the prices in it', () => {
  const { status, stdout, stderr } = vmx('cost', '--deployment', 'acme', '--voicemails', '10');

  assert.equal(status, 0, stderr);
  assert.match(stdout, /^With 10 voicemails[^]*^Amazon Transcribe +0\.18 +0\.18$/m);
});

test('exported flows are checked, and not called: the simulator is not there', () => {
  const { status, stdout, stderr } = vmx('check-export', join(ROOT, 'samples/worlds/main-menu.json'));

  assert.equal(status, 1);
  assert.match(stdout, /main-menu\.json +flow +refused +silent-failure/);
  assert.match(stderr, /Flows were not called: the simulator is not part of the archive\./);
});

test('an archive gives the same template and code as the checkout, byte for byte', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { default: config } = await import('../voicemail.config.ts');
  const { assemblyFolder } = await synthesize({ folder: join(folder, 'checkout'), config });
  const script = [
    `const { assemblyIn } = await import(${JSON.stringify(join(INSTALLED, 'cli/deploy/assembly.js'))});`,
    `const { loadSettings } = await import(${JSON.stringify(join(INSTALLED, 'infra/settings/settings-file.js'))});`,
    "const { config, file } = await loadSettings({ goesTo: 'laptop' });",
    `console.log(file, await assemblyIn(${JSON.stringify(join(folder, 'archive'))}, config));`,
  ];

  const { stdout, stderr } = run(process.execPath, ['--input-type=module', '--eval', script.join('\n')]);

  assert.equal(stderr, '');
  assert.equal(stdout, `deployments/acme.config.ts ${join(folder, 'archive/cdk')}\n`);
  const made = filesIn(assemblyFolder, '**/*');
  assert.deepEqual(filesIn(join(folder, 'archive/cdk'), '**/*'), made);
  for (const file of made) {
    assert.ok(
      readFileSync(join(assemblyFolder, file)).equals(readFileSync(join(folder, 'archive/cdk', file))),
      file,
    );
  }
});

test('a damaged file is refused by its name', (t) => {
  const file = join(INSTALLED, 'functions/sweep/index.mjs');
  const whole = readFileSync(file);
  t.after(() => writeFileSync(file, whole));
  appendFileSync(file, ' ');

  const { status, stderr } = vmx('deployer-policy', '--for', 'cloudformation');

  assert.equal(status, 1);
  assert.match(stderr, /^vmx deployer-policy: not as in the archive: functions\/sweep\/index\.mjs in /);
  assert.ok(existsSync(file));
});
