import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { allCommands, commandsFor } from '../cli/commands.ts';
import { optionsIn, runVmx } from '../cli/run-vmx.ts';

const COMMANDS = await allCommands();
const COLUMNS = 80;
const EXAMPLE = /^ {2,}(?:vmx|npx|eval) /;

async function typed(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const code = await runVmx(COMMANDS, args, terminal, COLUMNS);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

for (const { name } of COMMANDS) {
  test(`vmx ${name}: help fits the terminal and says what exit codes mean, and a mistyped option is two lines`, async () => {
    const help = await typed('help', name);
    const mistyped = await typed(name, '--bogus');

    const wide = help.out.split('\n').filter((line) => line.length > COLUMNS && !EXAMPLE.test(line));
    assert.deepEqual(wide, []);
    assert.match(help.out, /Exit code: 0 /);
    assert.deepEqual([help.code, help.err], [0, '']);
    assert.equal(mistyped.code, 2);
    assert.equal(mistyped.out, '');
    assert.match(mistyped.err, /--bogus/);
    assert.equal(mistyped.err.split('\n').length, 2);
  });
}

test('one command is loaded if the arguments name one, under its own name, and all of them otherwise', async () => {
  for (const { name } of COMMANDS) {
    const [loaded, ...others] = await commandsFor(['help', name]);
    assert.deepEqual([loaded?.name, others.length], [name, 0]);
  }
  assert.equal((await commandsFor(['nothing-known'])).length, COMMANDS.length);
  assert.deepEqual(await commandsFor(['--version']), []);
});

test('bash completes commands, their options and words', async () => {
  const { out: script } = await typed('completion', 'bash');
  const complete = (...words: readonly string[]) => {
    const line = words.map((word) => `'${word}'`).join(' ');
    const asked = `COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _vmx; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', `${script}\n${asked}`], { encoding: 'utf8' });
    assert.equal(stderr, '');
    return stdout.trim().split('\n');
  };

  assert.deepEqual(complete('vmx', 'lis'), ['list']);
  assert.deepEqual(complete('vmx', 'completion', ''), ['bash', 'zsh', 'fish', '--help']);
  assert.deepEqual(complete('vmx', 'list', '--dep'), ['--deployment']);
});

test('each shell gets every command and every option', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { out } = await typed('completion', shell);
    for (const { name, usage } of COMMANDS) {
      assert.ok(out.includes(` ${name}`), `${shell}: ${name}`);
      for (const option of optionsIn(usage)) assert.ok(out.includes(option.slice(2)), `${shell}: ${option}`);
    }
  }
});

test('a reader that stops reading ends vmx without a word', () => {
  const command = `"${process.execPath}" cli/vmx.ts help | true; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });

  assert.deepEqual([stdout.trim(), stderr], ['141', '']);
});
