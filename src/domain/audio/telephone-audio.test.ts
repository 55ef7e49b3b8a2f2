import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromHex } from '../../../test/hex.ts';
import { noise } from '../../../test/kvs-payload.ts';
import { assertSameSamples } from '../../../test/same-samples.ts';
import { callerChannelOf, type KeptChannel, telephonePcm } from './telephone-audio.ts';
import { type WavFormat, openWav } from './wav-reader.ts';

const MONO: WavFormat = { encoding: 'pcm16', channels: 1, sampleRateHz: 8000, frameBytes: 2 };

test('8 kHz mono passes byte by byte, from the millisecond on at which the message begins', async () => {
  const pcm = Buffer.from(noise(1, 16_000));

  for (const offsetMs of [0, 1, 64, 499.5, 999, 1000, 5000])
    assert.ok((await heard({ ...MONO }, pcm, offsetMs)).equals(pcm.subarray(Math.round(offsetMs * 8) * 2)));
});

test('channels become their mean, so that nobody is lost', async () => {
  assert.deepEqual(await samplesIn('extensible'), [1500, 0]);
});

const SECOND = 8000;

/** Seconds of sound, by how loud its samples are at most: -10 dBFS is a voice, -50 the noise of a bad line. */
const sound = (seconds: number, dbfs: number) => {
  const peak = 32_768 * 10 ** (dbfs / 20) * Math.sqrt(3);
  const bytes = Buffer.from(noise(Math.round(-dbfs), seconds * SECOND * 2));
  return Int16Array.from(
    { length: seconds * SECOND },
    (_, at) => (bytes.readInt16LE(at * 2) / 32_768) * peak,
  );
};
const silent = (seconds: number) => new Int16Array(seconds * SECOND);
const inTurn = (...parts: readonly Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));

/** Words of 400 ms, and 200 ms between them. */
const speaking = (seconds: number, dbfs: number) =>
  sound(seconds, dbfs).map((sample, at) => (at % 4800 < 3200 ? sample : 0));
const mixed = (one: Int16Array, other: Int16Array) => one.map((sample, at) => sample + (other[at] ?? 0));

const CHANNELS: Readonly<Record<string, readonly [left: Int16Array, right: Int16Array, kept: KeptChannel]>> =
  {
    'a caller on the right, and silence on the left': [silent(10), sound(10, -15), 'right'],
    'a caller on the right, and prompts on the left': [sound(10, -10), sound(10, -20), 'right'],
    'a very soft caller on the right, and prompts on the left': [sound(10, -15), sound(10, -44), 'right'],
    'a caller on the right who speaks only at the end': [
      inTurn(sound(1, -10), silent(59)),
      inTurn(silent(59), sound(1, -20)),
      'right',
    ],
    'a caller on the right who says a word at once, after the tone on the left': [
      inTurn(sound(1, -10), silent(5)),
      inTurn(silent(1), sound(1, -20), silent(4)),
      'right',
    ],
    'a caller on the left, and silence on the right': [sound(10, -15), silent(10), 'mean'],
    'a caller on the left, and the noise of a line on the right': [sound(10, -15), sound(10, -50), 'mean'],
    'a caller on the left, and a click on the right': [
      sound(10, -15),
      inTurn(silent(4), sound(0.05, -10), silent(6)).slice(0, 10 * SECOND),
      'mean',
    ],
    'a caller on the left, and the tone on the right': [
      inTurn(silent(2), sound(8, -15)),
      inTurn(sound(2, -10), silent(8)),
      'mean',
    ],
    'a caller on the left, and the loud noise of a line on the right': [
      speaking(10, -15),
      sound(10, -40),
      'mean',
    ],
    'a caller on the right in the noise of a line, and prompts on the left': [
      speaking(10, -15),
      mixed(sound(10, -45), speaking(10, -30)),
      'right',
    ],
    'a caller on the right whose voice never rests, and silence on the left': [
      silent(10),
      sound(10, -30),
      'right',
    ],
    'silence on both': [silent(10), silent(10), 'mean'],
    'the tone on the left, and a caller who says nothing': [
      Int16Array.from([...sound(1, -15), ...silent(9)]),
      silent(10),
      'right',
    ],
  };

for (const [what, [left, right, kept]] of Object.entries(CHANNELS)) {
  test(`of two channels, ${what}: the ${kept} is kept`, async () => {
    assert.equal(await callerChannelOf(wavOf(stereo(left, right)), 0), kept);
  });
}

test('only what comes after the beginning of the message decides which channel is kept', async () => {
  const [left, right] = [inTurn(silent(10), sound(5, -15)), inTurn(sound(10, -10), silent(5))];

  assert.equal(await callerChannelOf(wavOf(stereo(left, right)), 10_000), 'mean');
  assert.equal(await callerChannelOf(wavOf(stereo(right, left)), 10_000), 'right');
});

test('the right channel is kept sample for sample, without any of the left', async () => {
  const [left, right] = [sound(3, -10), sound(3, -20)];

  const pcm = await bytesOf(telephonePcm(wavOf(stereo(left, right)), 500, 'right'));

  assertSameSamples(Int16Array.from(samplesOf(pcm)), right.subarray(500 * 8));
});

test('of one channel, or more than two, the mean is kept, and nothing is read to find out', async () => {
  for (const channels of [1, 3]) {
    const format: WavFormat = { encoding: 'pcm16', channels, sampleRateHz: 8000, frameBytes: 2 * channels };
    const wav = { format, frames: inPieces(Buffer.alloc(96_000)), isComplete: () => true };

    assert.equal(await callerChannelOf(wav, 0), 'mean');
    assert.equal((await wav.frames.next()).done, true);
  }
});

test('the right channel of other encodings and rates is found as well', async () => {
  const frames = Buffer.alloc(10 * 16_000 * 2, 0xff);
  for (let frame = 0; frame < frames.length / 2; frame++)
    frames[frame * 2 + 1] = frame % 40 < 20 ? 0x80 : 0x00;
  const format: WavFormat = { encoding: 'mu-law', channels: 2, sampleRateHz: 16_000, frameBytes: 2 };
  const open = () => ({ format, frames: inPieces(frames), isComplete: () => true });

  assert.equal(await callerChannelOf(open(), 0), 'right');
  const pcm = await bytesOf(telephonePcm(open(), 0, 'right'));
  assert.equal(pcm.length, 10 * 8000 * 2);
  assert.ok(samplesOf(pcm).some((sample) => sample > 20_000));
});

test('G.711 becomes 16-bit samples', async () => {
  assert.deepEqual(await samplesIn('mu_law'), [0, 32_124, -32_124, 0]);
  assert.deepEqual(await samplesIn('a_law'), [8, 32_256, -32_256, -8]);
});

test('other rates are brought to 8 kHz after the cut, and stay within 16 bits', async () => {
  const loud = Buffer.alloc(4 * 48_000);
  for (let frame = 0; frame < 48_000; frame++)
    for (const channel of [0, 2])
      loud.writeInt16LE(frame % 960 < 480 ? 32_767 : -32_768, frame * 4 + channel);

  const pcm = await heard({ encoding: 'pcm16', channels: 2, sampleRateHz: 48_000, frameBytes: 4 }, loud, 250);

  assert.equal(pcm.length, 6000 * 2);
  // A quarter of a second is 12.5 periods: the first half period that is left is the low one.
  assert.equal(pcm.readInt16LE(80), -32_768);
  assert.equal(pcm.readInt16LE(80 + 160), 32_767);
});

function stereo(left: Int16Array, right: Int16Array): Buffer {
  const bytes = Buffer.alloc(left.length * 4);
  for (const [at, sample] of left.entries()) {
    bytes.writeInt16LE(sample, at * 4);
    bytes.writeInt16LE(right[at] ?? 0, at * 4 + 2);
  }
  return bytes;
}

function wavOf(bytes: Uint8Array) {
  const format: WavFormat = { encoding: 'pcm16', channels: 2, sampleRateHz: 8000, frameBytes: 4 };
  return { format, frames: inPieces(bytes), isComplete: () => true };
}

async function samplesIn(fixture: string): Promise<number[]> {
  const file = fromHex(readFileSync(`test/fixtures/wav/${fixture}.hex`, 'utf8'));
  const wav = await openWav(inPieces(file));
  return samplesOf(await bytesOf(telephonePcm(wav, 0)));
}

function heard(format: WavFormat, bytes: Uint8Array, offsetMs: number): Promise<Buffer> {
  return bytesOf(telephonePcm({ format, frames: inPieces(bytes), isComplete: () => true }, offsetMs));
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += 1200) yield bytes.subarray(at, at + 1200);
}

async function bytesOf(pcm: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of pcm) parts.push(part);
  return Buffer.concat(parts);
}

function samplesOf(pcm: Buffer): number[] {
  return Array.from({ length: pcm.length / 2 }, (_, n) => pcm.readInt16LE(n * 2));
}
