import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromHex } from '../../test/hex.ts';
import { noise } from '../../test/kvs-payload.ts';
import { telephonePcm } from './telephone-audio.ts';
import type { WavFormat } from './wav-reader.ts';
import { openWav } from './wav-reader.ts';

const MONO: WavFormat = { encoding: 'pcm16', channels: 1, sampleRateHz: 8000, frameBytes: 2 };

test('8 kHz mono passes byte by byte, from the millisecond on at which the message begins', async () => {
  const pcm = Buffer.from(noise(1, 16_000));

  for (const offsetMs of [0, 1, 64, 499.5, 999, 1000, 5000])
    assert.ok((await heard({ ...MONO }, pcm, offsetMs)).equals(pcm.subarray(Math.round(offsetMs * 8) * 2)));
});

test('channels become their mean, so that nobody is lost', async () => {
  assert.deepEqual(await samplesIn('extensible'), [1500, 0]);
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
