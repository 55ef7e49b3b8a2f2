import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { OLD_COMMIT, OLD_STACK_FILE, oldStackText } from './old-stack.ts';

const MOST_BYTES = 2_000_000;

test('the old stack is the one that its README describes, and small', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const checksum = createHash('sha256').update(oldStackText()).digest('hex');

  assert.ok(readme.includes(checksum), `the checksum is ${checksum}`);
  assert.ok(readme.includes(OLD_COMMIT.slice(0, 7)));
  assert.ok(statSync(OLD_STACK_FILE).size < MOST_BYTES);
});
