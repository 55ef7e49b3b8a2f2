import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const [, model = ''] = readFileSync('SECURITY.md', 'utf8').split('## Threat model');
/** An item per threat, each on one line: the threat, then its lines "Answer" and "Shown by". */
const threats = model
  .split(/^- (?=\*\*Threat:\*\* )/m)
  .slice(1)
  .map((item) => item.split(/^###/m, 1)[0] ?? '')
  .map((item) => item.replace(/\s+/g, ' ').trim());
const ITEM =
  /^\*\*Threat:\*\* (?<threat>.+?) - \*\*Answer:\*\* (?<answer>.+?) - \*\*Shown by:\*\* (?<shownBy>.+)$/;

test('every threat has an answer, and a test that shows it or a word that there is none', () => {
  assert.ok(threats.length >= 20);
  assert.equal(threats.length, model.match(/\*\*Threat:\*\*/g)?.length);
  for (const item of threats) {
    const { threat = '', answer = '', shownBy = '' } = ITEM.exec(item)?.groups ?? {};
    assert.ok(threat !== '' && answer !== '', item);
    assert.match(shownBy, /^("[^"]+"(, "[^"]+")*|\(no test\))$/, item);
  }
});

test('every test that the threat model names exists', () => {
  const tests = globSync('{src,flows,infra,simulator,cli,laptop,scripts,test}/**/*.test.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const named = threats.flatMap((item) => [
    ...(ITEM.exec(item)?.groups?.['shownBy'] ?? '').matchAll(/"([^"]+)"/g),
  ]);

  const gone = named.map(([, name = '']) => name).filter((name) => !tests.includes(`'${name}'`));
  assert.deepEqual(gone, []);
  assert.ok(named.length >= 30, String(named.length));
});
