import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { onlyStackIn } from './assembly.ts';
import { TemplateError } from './template-error.ts';

test('the only stack need not be named, and one of several must be', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  t.after(() => rmSync(folder, { recursive: true }));

  assert.throws(() => onlyStackIn(join(folder, 'not-there')), TemplateError);
  assert.throws(() => onlyStackIn(folder), /has no stack/);
  writeFileSync(join(folder, 'First.template.json'), '{}');
  writeFileSync(join(folder, 'First.assets.json'), '{}');
  assert.equal(onlyStackIn(folder), 'First');
  writeFileSync(join(folder, 'Second.template.json'), '{}');
  assert.throws(() => onlyStackIn(folder), /has several stacks/);
});
