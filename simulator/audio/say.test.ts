import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { say, SpeechUnavailableError } from './say.ts';

test('the same text in the same voice is the same sound, sample for sample', async () => {
  const [once, again] = await Promise.all([say('Please call me back.'), say('Please call me back.')]);

  assert.deepEqual(once, again);
  assert.ok(once.length > 8000 && once.length < 24_000, `${once.length} samples at 8 kHz`);
});

test('voices differ', async () => {
  const [rms, slt] = await Promise.all([say('Hello.', 'rms'), say('Hello.', 'slt')]);

  assert.notDeepEqual(rms, slt);
});

test('without the development package there is a plain error', async () => {
  const elsewhere = join(tmpdir(), 'nothing-is-installed-here.ts');

  await assert.rejects(say('Hello.', 'rms', elsewhere), (error) => error instanceof SpeechUnavailableError);
});
