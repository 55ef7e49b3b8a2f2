import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSameSamples } from '../same-samples.ts';
import { fileAt, samplesOf, CALLER, spokenNoise, startLaptop } from './laptop.ts';

test('a message of an hour arrives whole, and every sample of it', async () => {
  const { simulator, taskOf } = await startLaptop();
  const audio = spokenNoise(60 * 60 + 0.5);

  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio });
  const task = await taskOf(contactId);

  assertSameSamples(samplesOf(await fileAt(task.references['Recording']?.value)), audio);
  assert.equal(task.references['Length']?.value, '60 min 1 s');
});
