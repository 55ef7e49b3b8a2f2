import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FLOWS } from './flows.ts';
import { goldenFiles, PICTURED_TOO, withPictures } from './golden.ts';

const AGAIN = 'if that is meant: npm exec -- node scripts/write-flows.ts';
const folder = join(import.meta.dirname, 'golden');

for (const [file, text] of goldenFiles()) {
  test(`${file} is what Connect would store`, () => {
    assert.equal(readFileSync(join(folder, file), 'utf8'), text, AGAIN);
  });
}

test('there is a golden file for every flow, and no other', () => {
  assert.deepEqual(readdirSync(folder).toSorted(), [...goldenFiles().keys()].toSorted());
});

test('the pictures in the documentation are those of the flows, one for each', () => {
  const document = readFileSync(join(import.meta.dirname, '../docs/flows.md'), 'utf8');
  const drawn = [...document.matchAll(/<!-- picture: ([a-z-]+) -->\n```mermaid/g)].map(([, key = '']) => key);

  assert.equal(document, withPictures(document), AGAIN);
  assert.deepEqual(drawn.toSorted(), [...Object.keys(FLOWS), ...PICTURED_TOO].toSorted());
});
