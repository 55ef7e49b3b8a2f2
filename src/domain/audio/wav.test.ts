import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex } from '../../../test/hex.ts';
import { PermanentError } from '../errors.ts';
import { durationMsOf, wavHeader } from './wav.ts';

test('one second of a caller is announced as 16 000 bytes of mono 8 kHz PCM', () => {
  assert.deepEqual(
    wavHeader(16_000),
    fromHex(`
      52494646 a43e0000 57415645    # RIFF, 16 036 bytes follow, WAVE
      666d7420 10000000 0100 0100   # fmt,  16 bytes, PCM, one channel
      401f0000 803e0000 0200 1000   # 8000 Hz, 16 000 bytes/s, 2-byte frames, 16 bits
      64617461 803e0000             # data, 16 000 bytes
    `),
  );
});

test('a file plays as long as its samples last, the header apart', () => {
  assert.equal(durationMsOf(44 + 16_000), 1000);
  assert.equal(durationMsOf(44 + 16_384), 1024);
  assert.equal(durationMsOf(44), 0);
  assert.equal(durationMsOf(0), 0);
});

test('more audio than a header can announce is refused, not announced wrongly', () => {
  assert.throws(() => wavHeader(2 ** 32), PermanentError);
});
