import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speech } from '../samples.fixture.ts';
import type { CallerStep } from './caller-script.ts';
import { testCaller } from './caller.fixture.ts';
import type { Voice } from './voice.ts';
import { assertSameSamples } from '../../../../test/same-samples.ts';

const BEEP = { kind: 'ssml', ssml: '<speak><say-as interpret-as="expletive">x</say-as></speak>' } as const;
const TONE_SAMPLES = 8000;
const AFTER_TONE: CallerStep = { kind: 'hear', what: '(tone)' };

test('speech after the tone is on the stream to the sample, at its exact time', async (t) => {
  const { call, streamed } = testCaller(t);
  const audio = speech(20_003);

  await call([AFTER_TONE, { kind: 'say', audio }], (line, signal) => record(line, signal));

  const samples = streamed();
  assertSameSamples(samples.subarray(0, TONE_SAMPLES), new Int16Array(TONE_SAMPLES));
  assertSameSamples(samples.subarray(TONE_SAMPLES, TONE_SAMPLES + audio.length), audio);
  assert.equal(samples.length, TONE_SAMPLES + 20_008);
});

test('all fragments but the last are 1,024 ms long, and the last is written before the contact record', async (t) => {
  const { call, fragments, records } = testCaller(t);

  const { contact } = await call([AFTER_TONE, { kind: 'say', audio: speech(8000) }], record);

  assert.deepEqual(
    fragments.map(({ lengthMs }) => lengthMs),
    [1024, 976],
  );
  assert.deepEqual(
    records[0]?.map(({ firstFragment, lastFragment }) => [firstFragment, lastFragment]),
    [['1', '2']],
  );
  assert.equal(contact.mediaStream?.stopFragmentNumber, '2');
});

test('pauses between words, and words that cross fragments, keep their places', async (t) => {
  const { call, streamed } = testCaller(t);
  const words = [speech(4000), speech(12_000)] as const;

  await call(
    [
      AFTER_TONE,
      { kind: 'say', audio: words[0] },
      { kind: 'wait', ms: 300 },
      { kind: 'say', audio: words[1] },
    ],
    record,
  );

  const said = streamed().subarray(TONE_SAMPLES);
  assertSameSamples(said, Int16Array.from([...words[0], ...new Int16Array(2400), ...words[1]]));
});

test('if a caller hangs up in mid-word, the stream keeps what was spoken', async (t) => {
  const { call, streamed } = testCaller(t);
  const audio = speech(80_000);

  await call([{ kind: 'say', audio }], record, { hangUpAfterMs: 2500 });

  assertSameSamples(streamed(), audio.subarray(0, 20_000));
});

test('a slow machine does not change the stream', async (t) => {
  const { call, streamed } = testCaller(t);
  const audio = speech(20_000);

  await call([AFTER_TONE, { kind: 'say', audio }], async (line, signal) => {
    line.startStreaming(['From']);
    stall();
    await line.play(BEEP, { signal, stopsAtKey: false });
    stall();
    await line.nextKey({ signal, withinMs: 60_000 });
  });

  assertSameSamples(streamed().subarray(TONE_SAMPLES), audio);
});

test('streaming goes on after the end of its flow, until it is stopped', async (t) => {
  const { call, streamed } = testCaller(t);
  const audio = speech(40_000);

  await call([{ kind: 'say', audio }], async (line, signal) => {
    const cutOff = new AbortController();
    const first = record(line, AbortSignal.any([signal, cutOff.signal]));
    cutOff.abort();
    await first;
    await line.nextKey({ signal, withinMs: 3000 });
    line.stopStreaming();
    await line.nextKey({ signal, withinMs: 60_000 });
  });

  assertSameSamples(streamed(), audio.subarray(0, 24_000));
});

test('two streams one after the other are two recordings', async (t) => {
  const { call, streamed } = testCaller(t);
  const audio = speech(40_000);

  const { contact } = await call([{ kind: 'say', audio }], async (line, signal) => {
    for (let round = 0; round < 2; round++) {
      line.startStreaming(['From']);
      line.startStreaming(['From']);
      await line.nextKey({ signal, withinMs: 1000 });
      line.stopStreaming();
      line.stopStreaming();
      await line.nextKey({ signal, withinMs: 500 });
    }
  });

  assert.deepEqual(
    streamed(),
    Int16Array.from([...audio.subarray(0, 8000), ...audio.subarray(12_000, 20_000)]),
  );
  assert.deepEqual(
    contact.recordings.map((one) => one.kind === 'stream' && [one.firstFragment, one.lastFragment]),
    [
      ['1', '1'],
      ['2', '2'],
    ],
  );
});

test('a stream that is stopped at once leaves no recording', async (t) => {
  const { call, fragments } = testCaller(t);

  const { contact } = await call([{ kind: 'stay' }], async (line) => {
    line.startStreaming(['From']);
    line.stopStreaming();
  });

  assert.deepEqual(fragments, []);
  assert.deepEqual(contact.recordings, []);
});

test('an instance without live media streaming refuses it', async (t) => {
  const { call, fragments } = testCaller(t, { world: { hasMediaStreaming: false } });
  let answer: string | undefined;

  const { contact } = await call([{ kind: 'say', audio: speech(20_000) }], async (line, signal) => {
    answer = line.startStreaming(['From']);
    await line.nextKey({ signal, withinMs: 60_000 });
  });

  assert.equal(answer, 'refused');
  assert.deepEqual(fragments, []);
  assert.equal(contact.mediaStream, undefined);
});

test('what the caller hears is on its own track, if it is streamed', async (t) => {
  const { call, streamed } = testCaller(t);
  const audio = speech(8000);

  await call([AFTER_TONE, { kind: 'say', audio }], async (line, signal) => {
    line.startStreaming(['From', 'To']);
    await line.play(BEEP, { signal, stopsAtKey: false });
    await line.nextKey({ signal, withinMs: 60_000 });
  });

  const heard = streamed(2);
  assertSameSamples(streamed(1).subarray(TONE_SAMPLES), audio);
  assert.ok(heard.subarray(0, TONE_SAMPLES).some((sample) => sample !== 0));
  assertSameSamples(heard.subarray(TONE_SAMPLES), new Int16Array(8000));
});

async function record(line: Voice, signal: AbortSignal) {
  line.startStreaming(['From']);
  await line.play(BEEP, { signal, stopsAtKey: false });
  await line.nextKey({ signal, withinMs: 60_000 });
}

/** Blocks the machine for a time. */
function stall(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
}
