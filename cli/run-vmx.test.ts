import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseArgs } from 'node:util';
import { SettingsError } from '../infra/settings/settings-error.ts';
import { VERSION } from '../infra/version.ts';
import { InputError, UsageError, type Command } from './command.ts';
import { runVmx } from './run-vmx.ts';

const greet: Command = {
  name: 'greet',
  summary: 'say hello',
  usage: 'vmx greet NAME [--loud]',
  run: (args, { out }) => {
    const { positionals } = parseArgs({
      args: [...args],
      options: { loud: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [name] = positionals;
    if (name === 'from-file') readFileSync('no/such/file');
    if (name === undefined) throw new UsageError('whom?');
    if (name === 'nobody') throw new InputError('nobody is not there');
    if (name === 'elsewhere') throw new SettingsError('there is no deployment');
    if (name === 'bug') throw new TypeError('a bug');
    out(`Hello ${name}`);
    return 0;
  },
};

async function typed(...args: readonly string[]) {
  const lines: string[] = [];
  const code = await runVmx([greet], args, {
    out: (text) => lines.push(text),
    err: (text) => lines.push(`! ${text}`),
  });
  return { code, said: lines.join('\n') };
}

test('vmx alone, or asked for help, lists the commands', async () => {
  for (const args of [[], ['--help'], ['-h'], ['help']]) {
    const { code, said } = await typed(...args);

    assert.equal(code, 0);
    assert.match(said, /greet {2}say hello/);
  }
});

test('vmx says which version it is', async () => {
  for (const arg of ['--version', '-v']) assert.deepEqual(await typed(arg), { code: 0, said: VERSION });
});

test('a command shows how it is used', async () => {
  for (const args of [
    ['greet', '--help'],
    ['help', 'greet'],
  ]) {
    assert.deepEqual(await typed(...args), { code: 0, said: 'vmx greet NAME [--loud]' });
  }
});

test('a command gets what follows it', async () => {
  assert.deepEqual(await typed('greet', 'Ada'), { code: 0, said: 'Hello Ada' });
});

test('an unknown command is named, with the one that was probably meant', async () => {
  const near = await typed('great');
  const far = await typed('help', 'serenade');

  assert.deepEqual(near, {
    code: 2,
    said: '! vmx: there is no command "great". Did you mean greet?\nvmx help lists the commands.',
  });
  assert.deepEqual(far, {
    code: 2,
    said: '! vmx: there is no command "serenade".\nvmx help lists the commands.',
  });
});

test('arguments that make no sense are answered with the way to the help, bad input only with the reason', async () => {
  assert.deepEqual(await typed('greet'), {
    code: 2,
    said: '! vmx greet: whom?\nvmx help greet shows how it is used.',
  });
  assert.deepEqual(await typed('greet', 'nobody'), { code: 2, said: '! vmx greet: nobody is not there' });
  assert.deepEqual(await typed('greet', 'elsewhere'), {
    code: 2,
    said: '! vmx greet: there is no deployment',
  });
});

test('an unknown option is named, with the one that was probably meant', async () => {
  assert.match(
    (await typed('greet', '--lod')).said,
    /^! vmx greet: there is no option --lod. Did you mean --loud\?\n/,
  );
  assert.match((await typed('greet', '--json')).said, /^! vmx greet: there is no option --json.\n/);
});

test('a file that cannot be opened is named, with the reason', async () => {
  assert.deepEqual(await typed('greet', 'from-file'), {
    code: 2,
    said: '! vmx greet: no/such/file cannot be opened: there is no such file or folder',
  });
});

test('a bug is not blamed on the person', async () => {
  await assert.rejects(typed('greet', 'bug'), /a bug/);
});
