import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SettingsError } from '../infra/settings/settings-error.ts';
import { VERSION } from '../infra/version.ts';
import { InputError, UsageError, type Command } from './command.ts';
import { runVmx } from './run-vmx.ts';

const greet: Command = {
  name: 'greet',
  summary: 'say hello',
  usage: 'vmx greet NAME',
  run: ([name], { out }) => {
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
  for (const args of [[], ['--help'], ['-h']]) {
    const { code, said } = await typed(...args);

    assert.equal(code, 0);
    assert.match(said, /greet {2}say hello/);
  }
});

test('vmx says which version it is', async () => {
  for (const arg of ['--version', '-v']) assert.deepEqual(await typed(arg), { code: 0, said: VERSION });
});

test('a command shows how it is used', async () => {
  assert.deepEqual(await typed('greet', '--help'), { code: 0, said: 'vmx greet NAME' });
});

test('a command gets what follows it', async () => {
  assert.deepEqual(await typed('greet', 'Ada'), { code: 0, said: 'Hello Ada' });
});

test('an unknown command is named, and the known ones are listed', async () => {
  const { code, said } = await typed('great');

  assert.equal(code, 2);
  assert.match(said, /^! vmx: there is no command "great"\n[^]*greet/);
});

test('arguments that make no sense are answered with the usage, bad input only with the reason', async () => {
  assert.deepEqual(await typed('greet'), { code: 2, said: '! vmx greet: whom?\n\nvmx greet NAME' });
  assert.deepEqual(await typed('greet', 'nobody'), { code: 2, said: '! vmx greet: nobody is not there' });
  assert.deepEqual(await typed('greet', 'elsewhere'), {
    code: 2,
    said: '! vmx greet: there is no deployment',
  });
});

test('a bug is not blamed on the person', async () => {
  await assert.rejects(typed('greet', 'bug'), /a bug/);
});
