import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex } from '../../test/hex.ts';
import { readWav } from './read-wav.ts';
import { WavError } from './wav-content.ts';
import { writeWav } from './write-wav.ts';

const ALLOWED =
  'allowed: WAV with PCM of 8, 16, 24 or 32 bits, floating-point, mu-law or A-law samples, 4 to 384 kHz, 1 to 8 channels';

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

/** One frame each of silence, the lowest and the highest sample, and a small negative one. */
const SAMPLES: readonly (readonly [what: string, format: string, data: string, expected: Int16Array])[] = [
  [
    '8 bits, unsigned',
    '0100 0100 401f0000 401f0000 0100 0800',
    '80 00 ff 7f',
    Int16Array.of(0, -32_768, 32_512, -256),
  ],
  [
    '24 bits',
    '0100 0100 401f0000 c05d0000 0300 1800',
    '000000 000080 ffff7f ffffff',
    Int16Array.of(0, -32_768, 32_767, 0),
  ],
  [
    '32 bits',
    '0100 0100 401f0000 007d0000 0400 2000',
    '00000000 00000080 ffffff7f 0000ffff',
    Int16Array.of(0, -32_768, 32_767, -1),
  ],
  [
    'floats, and NaN is silence',
    '0300 0100 401f0000 007d0000 0400 2000',
    '0000c07f 000080bf 0000803f 0000003f',
    Int16Array.of(0, -32_768, 32_767, 16_384),
  ],
  [
    'doubles',
    '0300 0100 401f0000 00fa0000 0800 4000',
    '0000000000000000 000000000000f0bf 000000000000e0bf',
    Int16Array.of(0, -32_768, -16_384),
  ],
  // ITU-T G.711: mu-law 0xff is 0, 0x00 the lowest, 0x80 the highest; A-law 0xd5 is the smallest positive one.
  ['mu-law', '0700 0100 401f0000 401f0000 0100 0800', 'ff 00 80 7e', Int16Array.of(0, -32_124, 32_124, -8)],
  ['A-law', '0600 0100 401f0000 401f0000 0100 0800', 'd5 2a aa 55', Int16Array.of(8, -32_256, 32_256, -8)],
];
for (const [what, format, data, expected] of SAMPLES) {
  test(`samples are read: ${what}`, () => {
    assert.deepEqual(readWav(fileOf(fromHex(format), fromHex(data))), expected);
  });
}

test('a phrase in mu-law has the rate and channels of its header, also behind an extensible one', () => {
  const extensible = fromHex(`
    feff 0200 401f0000 803e0000 0200 0800 1600 0800 03000000
    0700000000001000800000aa00389b71                          # KSDATAFORMAT_SUBTYPE_MULAW
  `);

  assert.deepEqual(readWav(fileOf(extensible, fromHex('80 00 80 80 80'))), Int16Array.of(0, 32_124));
});

test('a tone of a lower rate is the same tone at 8 kHz', () => {
  const heard = readWav(wavOf(tone({ rateHz: 6000, amplitude: 10_000 }), { sampleRateHz: 6000 }));

  const expected = tone({ rateHz: 8000, amplitude: 10_000 });
  assert.equal(heard.length, expected.length);
  assert.ok(worstDifference(heard.subarray(64, -64), expected.subarray(64, -64)) <= 10);
});

for (const rateHz of [11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000]) {
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
  ['an MP3 file', Buffer.from('ID3\x04'), 'an MP3 file'],
  ['an m4a file', Buffer.from('\0\0\0\x20ftypM4A '), 'an MP4 file, as .m4a is'],
  ['12 bits', wavOf(Int16Array.of(0), { bitsPerSample: 12 }), '12-bit PCM samples'],
  ['half floats', wavOf(Int16Array.of(0), { formatTag: 3 }), '16-bit floating-point samples'],
  ['GSM', wavOf(Int16Array.of(0), { formatTag: 0x31 }), 'GSM 6.10 samples'],
  ['MP3 in a WAV file', wavOf(Int16Array.of(0), { formatTag: 0x55 }), 'MP3 samples'],
  ['an unknown format', wavOf(Int16Array.of(0), { formatTag: 0x1234 }), 'format 4660 samples'],
  ['1 kHz', wavOf(Int16Array.of(0), { sampleRateHz: 1000 }), '1000 Hz'],
  ['nine channels', wavOf(Int16Array.of(0), { channels: 9 }), '9 channels'],
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

function fileOf(format: Uint8Array, data: Uint8Array): Buffer {
  return chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), chunk('data', data)]));
}

function chunk(id: string, body: Uint8Array): Buffer {
  const head = Buffer.from(`${id}0000`);
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
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

/** A second of a sine wave. */
function tone({ rateHz, amplitude, toneHz = 440 }: { rateHz: number; amplitude: number; toneHz?: number }) {
  return Int16Array.from({ length: rateHz }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * toneHz * i) / rateHz)),
  );
}

function worstDifference(one: Int16Array, other: Int16Array): number {
  return loudest(one.map((sample, i) => sample - (other[i] ?? 0)));
}

function loudest(samples: Int16Array): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}
