import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { VoicemailConfig } from '../../infra/config.ts';
import sample from '../../voicemail.config.ts';
import { settingsText } from './settings-text.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** What the project loads from the text. */
async function loaded(t: TestContext, text: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'settings-text-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'acme.config.mts');
  writeFileSync(file, text.replace('../infra/config.ts', join(PROJECT, 'infra/config.ts')));
  return (await import(pathToFileURL(file).href)).default;
}

test('settings that are written are the settings that are read', async (t) => {
  const awkward: VoicemailConfig = {
    ...sample,
    email: { ...sample.email, from: `"Ann O'Neil \\ Co" <voicemail@example.com>`, recording: 'link' },
    flows: { ...sample.flows, texts: { 'en-US': { greeting: 'You have\nreached "us".' } } },
  };
  for (const config of [sample, awkward]) {
    assert.deepEqual(await loaded(t, settingsText(config, { madeFor: 'a test' })), config);
  }
});

test('each setting has a sentence above it, and one that is left out stands there as a comment', () => {
  const { email: _email, ...config } = sample;
  const lines = settingsText(config, { madeFor: 'instance acme in us-east-1' }).split('\n');

  assert.match(
    lines[lines.findIndex((line) => line.startsWith('  retentionDays:')) - 1] ?? '',
    /^ {2}\/\/ Days until/,
  );
  assert.match(lines[lines.findIndex((line) => line.startsWith('  // email:')) - 1] ?? '', /Amazon SES/);
  assert.ok(lines.some((line) => line.includes('instance acme in us-east-1')));
  assert.deepEqual(
    lines.filter((line) => line.length > 120),
    lines.filter((line) => line.includes('arn:')).filter((line) => line.length > 120),
  );
});
