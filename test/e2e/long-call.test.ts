import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';

test('a message of an hour arrives whole, and every sample of it', async () => {
  const { simulator, taskOf } = await startLaptop();
  const audio = spokenNoise(60 * 60 + 0.5);

  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio });
  const task = await taskOf(contactId);

  const wav = await (await fetch(task.references['Recording']?.value ?? '')).arrayBuffer();
  assert.ok(Buffer.from(wav, 44).equals(Buffer.from(audio.buffer)));
  assert.equal(task.references['Length']?.value, '60 min 1 s');
});
