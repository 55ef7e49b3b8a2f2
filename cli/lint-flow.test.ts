import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { flowDocument, MINIMAL_RECORDER, says, streams } from '../test/flow-document.ts';
import { runVmx } from './run-vmx.ts';
import { lintFlowCommand } from './lint-flow.ts';

const folder = mkdtempSync(join(tmpdir(), 'lint-flow-'));
after(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const sound = fileOf('sound.json', flowDocument(MINIMAL_RECORDER));
const lost = fileOf('lost.json', flowDocument({ ...MINIMAL_RECORDER, lost: says('Hello?', 'end') }));
const silent = fileOf(
  'silent.json',
  flowDocument({ ...MINIMAL_RECORDER, stream: streams('Enabled', 'flag', { failed: 'end' }) }),
);

async function lint(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runVmx([lintFlowCommand], ['lint-flow', ...args], {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('a sound flow passes', async () => {
  assert.deepEqual(await lint(sound), { code: 0, out: `${sound}\n  nothing found`, err: '' });
});

test('a warning is shown and passes, an error fails, each under its file and with its action', async () => {
  const warned = await lint(lost);
  const failed = await lint(sound, silent);

  assert.equal(warned.code, 0);
  assert.match(
    warned.out,
    /lost\.json\n {2}warning {2}"lost" {2}unreachable-action\n {4}No branch leads here/,
  );
  assert.equal(failed.code, 1);
  assert.match(failed.out, /silent\.json\n {2}error {2}"stream" {2}silent-failure\n/);
});

test('a machine gets JSON', async () => {
  const { code, out } = await lint('--json', silent);

  const [{ file, findings }] = JSON.parse(out);
  assert.equal(code, 1);
  assert.equal(file, silent);
  assert.equal(findings[0].rule, 'silent-failure');
});

test('the type given counts', async () => {
  const { code, out } = await lint('--type', 'AGENT_WHISPER', sound);

  assert.equal(code, 1);
  assert.match(out, /would not publish this flow as AGENT_WHISPER/);
});

test('a name that is said to be their own is not reported', async () => {
  const flow = fileOf(
    'own.json',
    flowDocument({ ...MINIMAL_RECORDER, bye: says('All of $.Attributes.vmx3_modes.', 'end') }),
  );

  assert.match((await lint(flow)).out, /misspelt-attribute/);
  assert.deepEqual(await lint('--own', 'vip', '--own', 'vmx3_modes', flow), {
    code: 0,
    out: `${flow}\n  nothing found`,
    err: '',
  });
});

test('what the person got wrong is named, with exit code 2', async () => {
  const noJson = fileOf('text.json', 'Hello');
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /which file\?/],
    [[sound, '--type', 'WHISPER'], /--type WHISPER is none of CONTACT_FLOW/],
    [[sound, '--jsno'], /--jsno/],
    [[join(folder, 'none.json')], /none\.json: there is no such file$/],
    [[noJson], /text\.json: not a flow: no JSON/],
    [[fileOf('package.json', { name: 'menu' })], /package\.json: there is no flow in it$/],
  ];

  for (const [args, message] of wrong) {
    const { code, out, err } = await lint(...args);

    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, message);
  }
});

test('a file that cannot be read hides no other, for people and machines', async () => {
  const noJson = fileOf('broken.json', '{ "StartAction"');
  const missing = join(folder, 'missing.json');

  const shown = await lint(noJson, silent, missing);
  const forMachines = await lint('--json', noJson, silent, missing);

  assert.equal(shown.code, 2);
  assert.match(shown.out, /^.*silent\.json\n {2}error {2}"stream" {2}silent-failure/);
  assert.match(shown.err, /broken\.json: not a flow: no JSON/);
  assert.match(shown.err, /missing\.json: there is no such file/);
  assert.equal(forMachines.code, 2);
  assert.deepEqual(
    JSON.parse(forMachines.out).map(({ file, findings, unreadable }: Record<string, unknown[]>) => [
      file,
      findings?.length,
      unreadable !== undefined,
    ]),
    [
      [noJson, 0, true],
      [silent, 1, false],
      [missing, 0, true],
    ],
  );
});

test('a folder is searched for flows, and other files are left out', async () => {
  const own = mkdtempSync(join(folder, 'flows-'));
  mkdirSync(join(own, 'queue'));
  mkdirSync(join(own, 'node_modules'));
  writeFileSync(join(own, 'a.json'), JSON.stringify(flowDocument(MINIMAL_RECORDER)));
  writeFileSync(join(own, 'queue', 'b.json'), JSON.stringify(flowDocument(MINIMAL_RECORDER)));
  writeFileSync(join(own, 'node_modules', 'c.json'), JSON.stringify(flowDocument(MINIMAL_RECORDER)));
  writeFileSync(join(own, 'package.json'), '{ "name": "flows" }');
  writeFileSync(join(own, 'notes.yaml'), 'a: b');

  const { code, out } = await lint(own);

  assert.equal(code, 0);
  assert.deepEqual(
    out.split('\n').filter((line) => line.endsWith('.json')),
    [join(own, 'a.json'), join(own, 'queue', 'b.json')],
  );
  const none = mkdtempSync(join(folder, 'none-'));
  assert.match((await lint(none)).err, /there is no file with a flow in this folder/);
});

test('a note passes, and is shown as one', async () => {
  const flow = fileOf(
    'note.json',
    flowDocument({
      queue: {
        type: 'UpdateContactTargetQueue',
        parameters: { QueueId: '{{queues.Billing.arn}}' },
        next: 'end',
        errors: { NoMatchingError: 'end' },
      },
      end: { type: 'DisconnectParticipant' },
    }),
  );

  const { code, out } = await lint(flow);

  assert.equal(code, 0);
  assert.match(out, /note {2}"queue" {2}placeholder\n {4}QueueId is \{\{queues\.Billing\.arn\}\}/);
});
