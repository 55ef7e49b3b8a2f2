import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wavContent } from '../../../audio/wav-content.ts';
import { writeWav } from '../../../audio/write-wav.ts';
import { noSuchKey } from '../../s3/errors.ts';
import { speech } from '../samples.fixture.ts';
import { testCaller } from './caller.fixture.ts';
import { assertSameSamples } from '../../../../test/same-samples.ts';

const BUCKET = 'acme-audio';

/** Objects by `<bucket>/<key>`. */
function bucketWith(objects: Map<string, Uint8Array>) {
  return {
    async get(bucket: string, key: string) {
      const body = objects.get(`${bucket}/${key}`);
      if (!body) throw noSuchKey(key);
      const bytes = Buffer.from(body);
      return { body: bytes, contentType: 'audio/wav', metadata: {}, sizeBytes: bytes.length };
    },
    async put({ bucket, key, body }: { bucket: string; key: string; body: Uint8Array }) {
      objects.set(`${bucket}/${key}`, body);
      return { etag: '' };
    },
  };
}

/** Eight thousand bytes are a second. */
function muLawFile(bytes: number): Buffer {
  const file = writeWav(new Int16Array(bytes / 2));
  file.writeUInt16LE(7, 20);
  file.writeUInt16LE(8, 34);
  return file;
}

test('audio in S3 is heard for its length, under its name', async (t) => {
  const files = new Map([[`${BUCKET}/prompts/hello.wav`, muLawFile(12_000)]]);
  const { start, clock } = testCaller(t, { s3: bucketWith(files) });
  const uri = `https://${BUCKET}.s3.us-east-1.amazonaws.com/prompts/hello.wav`;
  let tookMs = 0;

  const call = start([{ kind: 'stay' }], async (line, signal) => {
    const beganMs = clock.now();
    await line.play({ kind: 'media', uri }, { signal, stopsAtKey: false });
    tookMs = clock.now() - beganMs;
  });
  await call.ended;

  assert.deepEqual(call.heard(), ['(audio hello.wav)']);
  assert.ok(tookMs > 1450 && tookMs < 2500, `${tookMs} ms`);
});

test('audio that is missing in S3, not in S3, too long or of another kind cannot be played', async (t) => {
  const files = new Map([
    [`${BUCKET}/pcm.wav`, writeWav(new Int16Array(8000))],
    [`${BUCKET}/long.wav`, muLawFile(8000 * 300)],
  ]);
  const { call } = testCaller(t, { s3: bucketWith(files) });
  const uris = ['s3://acme-audio/gone.wav', 's3://acme-audio/pcm.wav', 's3://acme-audio/long.wav', 'hello'];
  const kinds: string[] = [];

  await call([{ kind: 'stay' }], async (line, signal) => {
    for (const uri of uris) {
      const heard = await line.play({ kind: 'media', uri }, { signal, stopsAtKey: false });
      kinds.push(heard.kind);
    }
  });

  assert.deepEqual(
    kinds,
    uris.map(() => 'unplayable'),
  );
});

test('an IVR recording has the caller to the sample on the right channel, prompts on the left, from the second in which it was turned on', async (t) => {
  const files = new Map<string, Uint8Array>();
  const { call } = testCaller(t, { s3: bucketWith(files), world: { ivrRecordingsBucket: BUCKET } });
  const audio = speech(8000 * 3);

  const { contact } = await call(
    [
      { kind: 'hear', what: 'Speak' },
      { kind: 'say', audio },
    ],
    async (line, signal) => {
      line.recordIvr('on');
      await line.play({ kind: 'text', text: 'Speak.' }, { signal, stopsAtKey: false });
      await line.nextKey({ signal, withinMs: 60_000 });
    },
  );

  const [recording] = contact.recordings;
  assert.equal(recording?.kind, 'ivr');
  const file = files.get(recording?.kind === 'ivr' ? recording.location : '');
  assert.ok(file);
  const [left, right] = channelsOf(file);
  assertSameSamples(right.slice(-audio.length), audio);
  assert.ok(right.slice(0, -audio.length).every((sample) => sample === 0));
  assert.ok(left.slice(0, -audio.length).some((sample) => sample !== 0));
  assert.ok(left.slice(-audio.length).every((sample) => sample === 0));
  assert.ok(
    recording?.kind === 'ivr' && recording.startedAtMs === Math.floor(contact.initiatedAtMs / 1000) * 1000,
  );
});

for (const ivrPauses of ['silent', 'cut'] as const) {
  test(`what is said while an IVR recording is paused is not in it: the pause is ${ivrPauses}`, async (t) => {
    const files = new Map<string, Uint8Array>();
    const { call } = testCaller(t, {
      s3: bucketWith(files),
      world: { ivrRecordingsBucket: BUCKET, ivrPauses },
    });
    const [before, secret, after] = [speech(8000), speech(16_000), speech(12_000)];

    const { contact } = await call(
      [
        { kind: 'say', audio: before },
        { kind: 'press', keys: '1' },
        { kind: 'say', audio: secret },
        { kind: 'press', keys: '2' },
        { kind: 'say', audio: after },
      ],
      async (line, signal) => {
        line.recordIvr('on');
        await line.nextKey({ signal, withinMs: 60_000 });
        line.recordIvr('off');
        await line.nextKey({ signal, withinMs: 60_000 });
        line.recordIvr('on');
        await line.nextKey({ signal, withinMs: 60_000 });
      },
    );

    const [recording, ...others] = contact.recordings;
    assert.ok(recording?.kind === 'ivr');
    assert.deepEqual(others, []);
    const [, right] = channelsOf(files.get(recording.location) ?? Buffer.alloc(0));
    assertSameSamples(right.slice(-after.length), after);
    const spanMs = recording.stoppedAtMs - recording.startedAtMs;
    const pauseMs = spanMs - right.length / 8;
    assert.ok(ivrPauses === 'cut' ? pauseMs >= 2000 && pauseMs < 3000 : pauseMs === 0, `${pauseMs} ms`);
    const loud = right.filter((sample) => sample !== 0).length;
    assert.ok(loud <= before.length + after.length, `${loud} samples`);
  });
}

test('an IVR recording ends when an agent joins', async (t) => {
  const files = new Map<string, Uint8Array>();
  const { call } = testCaller(t, { s3: bucketWith(files), world: { ivrRecordingsBucket: BUCKET } });

  const { contact } = await call(
    [
      { kind: 'hear', what: '(agent)', until: 'begun' },
      { kind: 'say', audio: speech(80_000) },
    ],
    async (line, signal) => {
      line.recordIvr('on');
      await line.play({ kind: 'text', text: 'Please hold.' }, { signal, stopsAtKey: false });
      line.connectAgent();
      await line.nextKey({ signal, withinMs: 60_000 });
    },
  );

  assert.equal(contact.recordings.length, 1);
  assert.ok([...files.values()].every((file) => file.length < 3 * 32_000));
});

test('nothing is recorded if the instance has no bucket', async (t) => {
  const { call } = testCaller(t, { s3: bucketWith(new Map()) });

  const { contact } = await call([{ kind: 'hang-up' }], async (line, signal) => {
    line.recordIvr('on');
    await line.nextKey({ signal, withinMs: 1000 });
  });

  assert.deepEqual(contact.recordings, []);
});

/** Left and right. */
function channelsOf(file: Uint8Array): readonly [Int16Array, Int16Array] {
  const { channels, data } = wavContent(file);
  assert.equal(channels, 2);
  const samples = new Int16Array(Uint8Array.from(data).buffer);
  return [samples.filter((_, index) => index % 2 === 0), samples.filter((_, index) => index % 2 === 1)];
}
