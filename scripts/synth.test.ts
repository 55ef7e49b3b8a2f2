import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '..');

test('settings that cannot be deployed end the synthesis in words, before anything is built', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'synth-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const sample = readFileSync(join(ROOT, 'voicemail.config.ts'), 'utf8')
    .replace('./infra/config.ts', join(ROOT, 'infra/config.ts'))
    .replace(/alarmEmails: .*/, "alarmEmails: ['ops@globex.de', 'ops@globex.de'],");
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'twice.config.ts'), sample);

  // As npm runs it: in the project's folder, with word of where the person stands.
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/synth.ts', join(folder, 'built'), '--settings', 'twice.config.ts'],
    { cwd: ROOT, env: { ...process.env, INIT_CWD: folder }, encoding: 'utf8' },
  );

  assert.equal(
    stderr,
    `${join(folder, 'twice.config.ts')} does not say what can be deployed:\n` +
      '  alarmEmails: got "ops@globex.de"; allowed: a list of one or more different email addresses; ' +
      'leave it out for none. It is there already, as "ops@globex.de".\n',
  );
  assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
  assert.ok(!existsSync(join(folder, 'built')));
});
