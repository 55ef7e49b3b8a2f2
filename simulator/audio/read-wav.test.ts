import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex } from '../../test/hex.ts';
import { readWav } from './read-wav.ts';
import { WavError } from './wav-content.ts';
import { writeWav } from './write-wav.ts';

const ALLOWED = 'allowed: 16-bit PCM, 8/16/44.1/48 kHz, mono or stereo';

test('telephone audio passes through a WAV file sample for sample', () => {
  const samples = Int16Array.of(0, 1, -1, 12_345, -32_768, 32_767);

  assert.deepEqual(readWav(writeWav(samples)), samples);
});

test('the header says what the samples are', () => {
  const header = fromHex(`
    52494646 28000000 57415645    # RIFF, 40 bytes follow, WAVE
    666d7420 10000000 0100 0100   # fmt, 16 bytes, PCM, one channel
    401f0000 803e0000 0200 1000   # 8000 Hz, 16 000 bytes/s, 2-byte frames, 16 bits
    64617461 04000000             # data, 4 bytes
    0100 feff                     # 1, -2
  `);

  assert.deepEqual(new Uint8Array(writeWav(Int16Array.of(1, -2))), header);
});

test('chunks that are not audio are skipped, with the pad byte after a chunk of odd size', () => {
  const file = fromHex(`
    52494646 38000000 57415645
    666d7420 10000000 0100 0100 401f0000 803e0000 0200 1000
    4c495354 03000000 616263 00   # LIST, 3 bytes and a pad byte
    64617461 04000000 0100 0200
    6964332a 02000000 ffff        # whatever follows the audio
  `);

  assert.deepEqual(readWav(file), Int16Array.of(1, 2));
});

test('an extensible header counts as PCM if its subtype says PCM', () => {
  const file = fromHex(`
    52494646 40000000 57415645
    666d7420 28000000 feff 0100 401f0000 803e0000 0200 1000   # WAVE_FORMAT_EXTENSIBLE
    1600 1000 04000000                                        # 22 more bytes, 16 valid bits, center
    0100000000001000800000aa00389b71                          # KSDATAFORMAT_SUBTYPE_PCM
    64617461 04000000 0500 0600
  `);

  assert.deepEqual(readWav(file), Int16Array.of(5, 6));
});

test('a recording that was cut off gives what is there, without the half sample', () => {
  const whole = writeWav(Int16Array.of(1, 2, 3));

  assert.deepEqual(readWav(whole.subarray(0, -1)), Int16Array.of(1, 2));
});

test('a data chunk at an odd place in memory is read too', () => {
  const shifted = Buffer.concat([Buffer.of(0), writeWav(Int16Array.of(7, 8))]).subarray(1);

  assert.deepEqual(readWav(shifted), Int16Array.of(7, 8));
});

test('stereo is mixed to one channel', () => {
  const left = tone({ rateHz: 8000, amplitude: 6000 });
  const interleaved = Int16Array.from({ length: left.length * 2 }, (_, i) =>
    i % 2 === 0 ? (left[i / 2] ?? 0) : 0,
  );

  const mono = readWav(wavOf(interleaved, { channels: 2, sampleRateHz: 8000 }));

  assert.equal(mono.length, left.length);
  assert.ok(worstDifference(mono, tone({ rateHz: 8000, amplitude: 3000 })) <= 1);
});

for (const rateHz of [16_000, 44_100, 48_000]) {
  test(`a tone recorded at ${rateHz} Hz is the same tone at 8 kHz`, () => {
    const heard = readWav(wavOf(tone({ rateHz, amplitude: 10_000 }), { channels: 1, sampleRateHz: rateHz }));

    const expected = tone({ rateHz: 8000, amplitude: 10_000 });
    assert.equal(heard.length, expected.length);
    const margin = 64; // where the filter reaches over the ends
    assert.ok(worstDifference(heard.subarray(margin, -margin), expected.subarray(margin, -margin)) <= 10);
  });

  test(`what a telephone cannot carry does not fold into the audible at ${rateHz} Hz`, () => {
    const shrill = tone({ rateHz, amplitude: 10_000, toneHz: 4600 });

    const heard = readWav(wavOf(shrill, { channels: 1, sampleRateHz: rateHz }));

    assert.ok(loudest(heard.subarray(64, -64)) <= 10);
  });
}

const REFUSED: readonly (readonly [what: string, file: Uint8Array, fault: string])[] = [
  ['a picture', Buffer.from('\x89PNG\r\n\x1a\n0000'), 'not a WAV file'],
  ['an empty file', Buffer.alloc(0), 'not a WAV file'],
  ['24 bits', wavOf(Int16Array.of(0), { bitsPerSample: 24 }), '24-bit samples'],
  ['mu-law', wavOf(Int16Array.of(0), { formatTag: 7 }), 'mu-law samples'],
  ['an unknown format', wavOf(Int16Array.of(0), { formatTag: 0x55 }), 'format 85 samples'],
  ['11 kHz', wavOf(Int16Array.of(0), { sampleRateHz: 11_025 }), '11025 Hz'],
  ['six channels', wavOf(Int16Array.of(0), { channels: 6 }), '6 channels'],
  ['no channel', wavOf(Int16Array.of(0), { channels: 0 }), '0 channels'],
  ['a header alone', writeWav(new Int16Array()).subarray(0, 36), 'a WAV file without audio data'],
  ['half a header', writeWav(new Int16Array()).subarray(0, 30), 'a WAV file that ends in its header'],
];
for (const [what, file, fault] of REFUSED) {
  test(`${what} is refused in a sentence that says what is allowed`, () => {
    assert.throws(
      () => readWav(file, 'voicemail.wav'),
      (error) => error instanceof WavError && error.message === `voicemail.wav: ${fault}; ${ALLOWED}`,
    );
  });
}

function wavOf(
  samples: Int16Array,
  header: { formatTag?: number; channels?: number; sampleRateHz?: number; bitsPerSample?: number },
): Buffer {
  const file = writeWav(samples);
  file.writeUInt16LE(header.formatTag ?? 1, 20);
  file.writeUInt16LE(header.channels ?? 1, 22);
  file.writeUInt32LE(header.sampleRateHz ?? 8000, 24);
  file.writeUInt16LE(header.bitsPerSample ?? 16, 34);
  return file;
}

/** Half a second of a sine wave. */
function tone({ rateHz, amplitude, toneHz = 440 }: { rateHz: number; amplitude: number; toneHz?: number }) {
  return Int16Array.from({ length: rateHz / 2 }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * toneHz * i) / rateHz)),
  );
}

function worstDifference(one: Int16Array, other: Int16Array): number {
  return loudest(one.map((sample, i) => sample - (other[i] ?? 0)));
}

function loudest(samples: Int16Array): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}
