import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test, type TestContext } from 'node:test';
import { SettingsError } from './settings-error.ts';
import { deploymentNames, destinationOf, loadSettings, type SettingsWish } from './settings-file.ts';

const PROJECT = join(import.meta.dirname, '../..');
const SAMPLE = readFileSync(join(PROJECT, 'voicemail.config.ts'), 'utf8').replace(
  './infra/config.ts',
  join(PROJECT, 'infra/config.ts'),
);
/** The sample with values of somebody's own. */
const OWN = SAMPLE.replaceAll('111122223333', '444455556666')
  .replaceAll('a1b2c3d4-0000-4000-8000-00000000aaaa', 'e2e2e2e2-0000-4000-8000-00000000eeee')
  .replaceAll('b1b1b1b1-0000-4000-8000-00000000b001', 'b2b2b2b2-0000-4000-8000-00000000b002')
  .replaceAll('d4d4d4d4-0000-4000-8000-00000000d001', 'd5d5d5d5-0000-4000-8000-00000000d005')
  .replaceAll('example.com', 'globex.de');

/** A folder with the sample, and `deployments/` with these. */
function project(
  t: TestContext,
  deployments: Readonly<Record<string, string>> = {},
  sample = SAMPLE,
): string {
  const root = mkdtempSync(join(tmpdir(), 'settings-'));
  t.after(() => rmSync(root, { recursive: true }));
  // As in the project: modules, without Node.js trying what they are.
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(root, 'voicemail.config.ts'), sample);
  mkdirSync(join(root, 'deployments'));
  writeFileSync(join(root, 'deployments/README.md'), '');
  for (const [name, source] of Object.entries(deployments))
    writeFileSync(join(root, 'deployments', `${name}.config.ts`), source);
  return root;
}

async function refusal(wish: SettingsWish): Promise<string> {
  try {
    await loadSettings(wish);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'not refused';
}

test('a deployment is found by its name', async (t) => {
  const root = project(t, { acme: SAMPLE, globex: OWN });

  const { config, ...loaded } = await loadSettings({ goesTo: 'account', deployment: 'globex', root });

  const file = 'deployments/globex.config.ts';
  assert.deepEqual(loaded, { file, path: join(root, file), deployment: 'globex', warnings: [] });
  assert.match(config.instanceArn, /:444455556666:/);
});

test('the only deployment need not be named where a command goes into an account', async (t) => {
  const root = project(t, { globex: OWN });

  assert.equal((await loadSettings({ goesTo: 'account', root })).deployment, 'globex');
});

test('of several deployments one must be named', async (t) => {
  const root = project(t, { west: OWN, east: OWN });

  assert.deepEqual(deploymentNames(root), ['east', 'west']);
  assert.equal(await refusal({ goesTo: 'account', root }), 'which of east, west? Say --deployment NAME');
});

test('two deployments to the same stack are warned of, and others that cannot be read are not in the way', async (t) => {
  const renamed = OWN.replace("// stackName: 'VoicemailExpress'", "stackName: 'Other'");
  const root = project(t, { west: OWN, east: OWN, other: renamed, broken: 'export default {' });
  const warnings = async (deployment: string) =>
    (await loadSettings({ goesTo: 'account', deployment, root })).warnings;

  assert.deepEqual(await warnings('other'), []);
  assert.deepEqual(await warnings('west'), [
    "stackName: deployments/east.config.ts has the stack VoicemailExpress in this account and Region too; the one that is deployed last serves its instance, and the other's is no longer served",
  ]);
});

test('a deployment that is not there is answered with those that are', async (t) => {
  const root = project(t, { globex: OWN, acme: OWN });
  const said = (deployment: string) => refusal({ goesTo: 'account', deployment, root });

  assert.equal(
    await said('globx'),
    'there is no deployment "globx"; there are acme, globex. Did you mean globex?',
  );
  assert.match(await said('deployments/acme.config.ts'), /Did you mean acme\?$/);
  assert.match(await said('../../etc/passwd'), /there are acme, globex\.$/);
});

test('without a deployment, an account gets none, and a person reads how to make one', async (t) => {
  const root = project(t);

  assert.match(
    await refusal({ goesTo: 'account', root }),
    /^there is no deployment in .*: run npx vmx init, or copy/,
  );
  assert.match(
    await refusal({ goesTo: 'account', deployment: 'acme', root }),
    /^there is no deployments\/acme\.config\.ts, and no other deployment: run npx vmx init/,
  );
});

test('the laptop takes the sample, whatever deployments there are', async (t) => {
  const root = project(t, { globex: OWN });

  const { file, deployment } = await loadSettings({ goesTo: 'laptop', root });

  assert.deepEqual({ file, deployment }, { file: 'voicemail.config.ts', deployment: undefined });
});

test('the sample serves commands that only ask, if somebody has edited it as earlier versions wanted', async (t) => {
  const edited = project(t, {}, OWN);

  const { file } = await loadSettings({ goesTo: 'account', orSample: true, root: edited });

  assert.equal(file, 'voicemail.config.ts');
  assert.match(
    await refusal({ goesTo: 'account', orSample: true, root: project(t) }),
    /^voicemail\.config\.ts has values of the sample, which no account of yours has: run npx vmx init[^]*\n {2}instanceArn has the instance of the sample/,
  );
});

test('values of the sample in a deployment go to the laptop only', async (t) => {
  const root = project(t, { acme: SAMPLE });
  const wish = { deployment: 'acme', root } as const;

  assert.equal((await loadSettings({ ...wish, goesTo: 'laptop' })).deployment, 'acme');
  const lines = (await refusal({ ...wish, goesTo: 'account' })).split('\n  ');
  assert.match(lines[0] ?? '', /^deployments\/acme\.config\.ts has values of the sample/);
  assert.deepEqual(lines.slice(1), [
    'instanceArn has the instance of the sample, a1b2c3d4-0000-4000-8000-00000000aaaa',
    'contactRecordStreamArn has the account of the sample, 111122223333',
    'fallbackQueueArn has the instance of the sample, a1b2c3d4-0000-4000-8000-00000000aaaa',
    'email.from has an address of the sample, Acme Voicemail <voicemail@example.com>',
    'email.fallbackTo.0 has an address of the sample, voicemail-desk@example.com',
    'email.allowedDomains.0 has a domain of the sample, example.com',
    'alarmEmails.0 has an address of the sample, contact-center-operations@example.com',
    'flows.testAgentArn has the instance of the sample, a1b2c3d4-0000-4000-8000-00000000aaaa',
    'instanceAlias is still acme, the alias of the sample instance',
  ]);
});

test('a file may be named, and is named from where the person stands', async (t) => {
  const root = project(t, { globex: OWN });
  const file = join(root, 'deployments/globex.config.ts');
  const asTyped = relative('.', file);

  assert.equal((await loadSettings({ goesTo: 'account', file: asTyped })).file, file);
  assert.equal(
    (await loadSettings({ goesTo: 'laptop', file: './voicemail.config.ts' })).file,
    'voicemail.config.ts',
  );
  assert.equal(
    await refusal({ goesTo: 'account', file, deployment: 'globex' }),
    '--deployment or --settings, not both',
  );
  assert.equal(await refusal({ goesTo: 'account', file: 'nowhere.ts' }), 'there is no file nowhere.ts');
});

test('a wrong setting is reported with the name of its own file', async (t) => {
  const root = project(t, {
    checked: OWN.replace('retentionDays: 30', 'retentionDays: 0'),
    plain: "export default { stackName: 'a b' };",
  });

  assert.equal(
    await refusal({ goesTo: 'account', deployment: 'checked', root }),
    'deployments/checked.config.ts does not say what can be deployed:\n  retentionDays: got 0; allowed: a whole number of days, 1 to 3650',
  );
  assert.match(
    await refusal({ goesTo: 'account', deployment: 'plain', root }),
    /^deployments\/plain\.config\.ts does not say[^]*stackName: got "a b"[^]*instanceArn: got nothing/,
  );
});

/** Files that cannot be run, with what is said. */
const BROKEN: readonly (readonly [name: string, source: string, said: RegExp])[] = [
  [
    'comma',
    'export default {\n  a: 1\n  b: 2,\n};\n',
    /^deployments\/comma\.config\.ts:3: Expected ','.*\n {2}b: 2,$/,
  ],
  [
    'quotes',
    'export default {\n  a: ‘acme’,\n};\n',
    /^deployments\/quotes\.config\.ts:2: Unexpected character .*\n {2}a: ‘acme’,$/,
  ],
  [
    'unknown',
    'export default {\n  a: acme,\n};\n',
    /^deployments\/unknown\.config\.ts:2: acme is not defined\n {2}a: acme,$/,
  ],
  [
    'enum',
    'enum A { B }\nexport default A.B;\n',
    /^deployments\/enum\.config\.ts:1: TypeScript enum is not supported/,
  ],
  [
    'twice',
    'const a = 1;\nconst a = 2;\nexport default a;\n',
    /^deployments\/twice\.config\.ts:2: Identifier 'a' has already been declared\n {2}const a = 2;$/,
  ],
  [
    'lost',
    "import { x } from './infra/config.ts';\nexport default x;\n",
    /^deployments\/lost\.config\.ts: Cannot find module .*import \{ defineConfig \} from '\.\.\/infra\/config\.ts';$/,
  ],
  ['other', "import { x } from './shared.ts';\nexport default x;\n", /deployments\/shared\.ts:2: Expected/],
  ['empty', '', /^deployments\/empty\.config\.ts: it must have "export default defineConfig\(/],
  ['named', 'export const config = {};\n', /^deployments\/named\.config\.ts: it must have "export default/],
  [
    'list',
    'export default [];\n',
    /^deployments\/list\.config\.ts does not say what can be deployed:\n {2}got \[\]; allowed: an object of settings$/,
  ],
  ['function', 'export default () => ({});\n', /got a function; allowed: an object of settings$/],
];

for (const [name, source, said] of BROKEN) {
  test(`a settings file that cannot be used is reported by file, line and reason: ${name}`, async (t) => {
    const root = project(t, { [name]: source });
    writeFileSync(join(root, 'deployments/shared.ts'), 'export const x =\n  1 2;\n');

    const message = await refusal({ goesTo: 'account', deployment: name, root });

    assert.match(message, said);
    assert.doesNotMatch(message, /node:internal|^ {4}at /m);
  });
}

test('only the loopback is the laptop', () => {
  for (const endpoint of [
    'http://localhost:4566',
    'http://127.0.0.1:1',
    'http://127.9.0.1',
    'http://[::1]:80',
  ])
    assert.equal(destinationOf(endpoint), 'laptop', endpoint);
  for (const endpoint of [
    'https://vpce-1.connect.us-east-1.vpce.amazonaws.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'nonsense',
    '',
  ])
    assert.equal(destinationOf(endpoint), 'account', endpoint);
});
