import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readWav } from '../../simulator/audio/read-wav.ts';
import { BILLING_ARN, CALLER, CALLER_SHOWN, samplesOf, startLaptop } from './laptop.ts';
import { assertSameSamples } from '../same-samples.ts';

const SAMPLE = readWav(readFileSync('samples/missing-order.wav'));

test('a caller’s words become a task with their transcript and a link that plays exactly what was said', async () => {
  const { simulator, taskOf, tasksOf, settled } = await startLaptop({ listening: 'for real' });

  const { contactId } = simulator.connect.placeCall({ from: CALLER, queueArn: BILLING_ARN, audio: SAMPLE });
  const task = await taskOf(contactId);
  await settled(contactId);

  assert.equal(task.queueArn, BILLING_ARN);
  assert.equal(task.name, `Voicemail from ${CALLER_SHOWN} for Billing`);
  assert.match(task.description, /My order number 77291 has not arrived yet.*555-0142/);
  assert.equal(task.references['Call back']?.value, CALLER);
  assert.equal(tasksOf(contactId).length, 1);

  const link = task.references['Recording']?.value ?? '';
  const redirect = await fetch(link, { redirect: 'manual' });
  assert.equal(redirect.status, 302);
  assert.equal(redirect.headers.get('cache-control'), 'no-store');

  const played = await fetch(link);
  const wav = new Uint8Array(await played.arrayBuffer());
  assert.equal(played.headers.get('content-type'), 'audio/wav');
  assertSameSamples(samplesOf(wav), SAMPLE);

  const seek = await fetch(link, { headers: { range: 'bytes=44-143' } });
  assert.equal(seek.status, 206);
  assertSameSamples(new Uint8Array(await seek.arrayBuffer()), wav.subarray(44, 144));
  assert.equal((await fetch(link, { method: 'HEAD' })).status, 200);
});
