import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';

/** Links that live for half an hour, so that the test need not live through a month of schedules. */
const { simulator, taskOf } = await startLaptop({
  templatePatch: (template) =>
    JSON.parse(JSON.stringify(template).replace(/"LINK_DAYS":"\d+"/, `"LINK_DAYS":"${30 / 1440}"`)),
});
const MINUTE_MS = 60_000;
let link = '';

before(async () => {
  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio: spokenNoise(1) });
  link = (await taskOf(contactId)).references['Recording']?.value ?? '';
});

const follow = (url: string, method = 'GET') => fetch(url, { method, redirect: 'manual' });

test('a link is short, and says nothing of bucket or caller', () => {
  const path = new URL(link).pathname;

  assert.ok(path.length < 200);
  assert.doesNotMatch(path, /recordings|5555550142/);
});

test('what a browser needs to play and to seek works through the link', async () => {
  const whole = await fetch(link);
  const seek = await fetch(link, { headers: { range: 'bytes=0-43' } });

  assert.equal(whole.headers.get('content-type'), 'audio/wav');
  assert.equal(whole.headers.get('content-length'), String(44 + 16_000));
  assert.equal(seek.status, 206);
  assert.equal(seek.headers.get('content-range'), 'bytes 0-43/16044');
});

test('a link that was tampered with opens nothing, and tells nothing', async () => {
  const forged = link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const elsewhere = link.replace(/[0-9a-f]{12}\./, '000000000000.');

  const answers = await Promise.all([forged, elsewhere].map((url) => follow(url)));

  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 403],
  );
  const [first, second] = await Promise.all(answers.map((answer) => answer.text()));
  assert.equal(first, second);
});

test('a link cannot be written to', async () => {
  assert.equal((await follow(link, 'POST')).status, 405);
});

test('a signed URL is good for minutes, and a link for as long as is configured', async () => {
  const signed = (await follow(link)).headers.get('location') ?? '';
  simulator.clock.advance(16 * MINUTE_MS);
  assert.equal((await fetch(signed)).status, 403);
  assert.equal((await follow(link)).status, 302);

  simulator.clock.advance(15 * MINUTE_MS);
  assert.equal((await follow(link)).status, 410);
});
