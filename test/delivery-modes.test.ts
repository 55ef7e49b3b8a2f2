import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { callCommand } from '../cli/call/call.ts';
import { DELIVERY_MODES } from '../src/domain/delivery-mode.ts';
import { MODES } from './pipeline/scenario.ts';

/** The documents in which people look up a mode. */
const DOCUMENTED_IN = ['docs/delivery.md', 'docs/flows.md', 'voicemail.config.ts'];

for (const file of DOCUMENTED_IN) {
  test(`${file} names every delivery mode`, () => {
    const text = readFileSync(file, 'utf8');
    const missing = DELIVERY_MODES.filter((mode) => !new RegExp(`['\`]${mode}['\`]`).test(text));

    assert.deepEqual(missing, []);
  });
}

test('vmx call says which delivery modes it can ask for', () => {
  for (const mode of DELIVERY_MODES)
    assert.match(callCommand.usage, new RegExp(`--mode MODE .*\\b${mode}\\b`));
});

test('the test flow offers every delivery mode, and asks for it as the pipeline knows it', () => {
  const asked = readFileSync('flows/golden/test-flow.json', 'utf8').matchAll(/"vmx3_mode": "([^"]*)"/g);

  assert.deepEqual([...asked].map(([, mode = '']) => mode).toSorted(), DELIVERY_MODES.toSorted());
});

test('callers of the seeded disorder ask for every delivery mode', () => {
  assert.deepEqual([...new Set(MODES.flat())].filter(Boolean).toSorted(), DELIVERY_MODES.toSorted());
});
