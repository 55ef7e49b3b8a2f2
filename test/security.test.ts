import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const [, model = ''] = readFileSync('SECURITY.md', 'utf8').split('## Threat model');
/** The rows of its tables, without their heads. */
const threats = model
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (Threat|---) /.test(line))
  .map((line) => line.slice(2, -2).split(' | '));

test('every threat has an answer, and a test that shows it or a word that there is none', () => {
  assert.ok(threats.length >= 20);
  for (const [threat = '', answer = '', shownBy = '', ...more] of threats) {
    assert.ok(threat !== '' && answer !== '', threat);
    assert.match(shownBy, /^("[^"]+"(, "[^"]+")*|\(no test\))$/, threat);
    assert.deepEqual(more, [], threat);
  }
});

test('every test that the threat model names exists', () => {
  const tests = globSync('{src,flows,infra,simulator,cli,scripts,test}/**/*.test.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const named = threats.flatMap(([, , shownBy = '']) => [...shownBy.matchAll(/"([^"]+)"/g)]);

  const gone = named.map(([, name = '']) => name).filter((name) => !tests.includes(`'${name}'`));
  assert.deepEqual(gone, []);
});
