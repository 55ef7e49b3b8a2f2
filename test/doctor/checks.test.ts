import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CHECKS } from '../../cli/doctor/checks.ts';
import { withChecks } from '../../cli/doctor/checks-list.ts';

const ROOT = join(import.meta.dirname, '../..');
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test('the page on the doctor lists what the doctor looks at', () => {
  const page = textOf('docs/doctor.md');

  assert.equal(page, withChecks(page, CHECKS), 'write it again: npm exec -- node scripts/write-checks.ts');
  for (const { id } of CHECKS) assert.ok(page.includes(`\`${id}\``), id);
});

test('each check has a name of its own, and a world in which a test finds it', () => {
  const ids = CHECKS.map(({ id }) => id);
  const tests = globSync('test/doctor/*.test.ts', { cwd: ROOT }).map(textOf).join('\n');

  assert.deepEqual(ids, [...new Set(ids)]);
  assert.deepEqual(
    ids.filter((id) => !tests.includes(`'${id}'`)),
    [],
  );
  for (const { id, title } of CHECKS) {
    assert.match(id, /^[a-z]+(-[a-z]+)+$/);
    assert.match(title, /^(whether|which|how|what|who) [^.]+$/, id);
  }
});
