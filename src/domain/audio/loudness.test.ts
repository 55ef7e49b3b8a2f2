import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { loudest, MODULE, squaresOf, WINDOW_BYTES, windows } from './loudness.ts';

const LOWEST = -32_768;
const HIGHEST = 32_767;

test('the loudest sample and the sum of the squares are those of a loop over the samples', () => {
  const sample = fc.oneof(fc.integer({ min: LOWEST, max: HIGHEST }), fc.constantFrom(LOWEST, HIGHEST, -1, 0));
  const window = fc.array(sample, { minLength: WINDOW_BYTES / 2, maxLength: WINDOW_BYTES / 2, size: 'max' });
  fc.assert(
    fc.property(window, fc.nat({ max: windows.length / WINDOW_BYTES - 1 }), (samples, place) => {
      put(samples, place * WINDOW_BYTES);

      const squares = squaresOf(place * WINDOW_BYTES);

      assert.equal(
        squares,
        samples.reduce((sum, one) => sum + one * one, 0),
      );
      assert.equal(
        loudest(),
        samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0),
      );
    }),
    { numRuns: 300 },
  );
});

test('the loudest possible window is measured exactly, in the first place and in the last', () => {
  for (const at of [0, windows.length - WINDOW_BYTES]) {
    put(Array<number>(WINDOW_BYTES / 2).fill(LOWEST), at);

    assert.equal(squaresOf(at), 800 * 2 ** 30);
    assert.equal(loudest(), 32_768);
  }
});

test('the bytes of the module are those of the instructions beside them', () => {
  const [, ...code] = MODULE.slice(MODULE.indexOf('$squares v128)')).trim().split('\n');

  for (const line of code) {
    const [bytes = '', text = ''] = line.split('#').map((part) => part.trim());
    assert.deepEqual(bytes.split(' '), assembled(text), text);
  }
});

/** WebAssembly specification 2.0, section 5.4, Instructions. Vector instructions begin with fd. */
const OPCODES: Readonly<Record<string, string>> = {
  loop: '03 40',
  end: '0b',
  br_if: '0d',
  'local.get': '20',
  'local.set': '21',
  'local.tee': '22',
  'i32.const': '41',
  'i32.lt_u': '49',
  'i32.add': '6a',
  'i64.add': '7c',
  'f64.convert_i64_u': 'ba',
  'v128.load': 'fd 00',
  'v128.store': 'fd 0b',
  'i64x2.extract_lane': 'fd 1d',
  'i16x8.abs': 'fd 80 01',
  'i16x8.max_u': 'fd 99 01',
  'i32x4.dot_i16x8_s': 'fd ba 01',
  'i64x2.extend_low_i32x4_u': 'fd c9 01',
  'i64x2.extend_high_i32x4_u': 'fd ca 01',
  'i64x2.add': 'fd ce 01',
};
const LOCALS = ['$at', '$end', '$v', '$peaks', '$squares'];

function assembled(text: string): string[] {
  const [name = '', operand] = text.split(' ');
  const opcode = OPCODES[name]?.split(' ') ?? [`no opcode for ${name}`];
  if (operand === undefined) return opcode;
  // An alignment is written as the power of two, and an offset of 0 follows.
  if (operand === 'align=16') return [...opcode, '04', '00'];
  const value = operand.startsWith('$') ? LOCALS.indexOf(operand) : Number(operand);
  return [...opcode, ...signedLeb128(value)];
}

/** Seven bits a byte, the lowest first. Source: the same, section 5.2.2, Integers. */
function signedLeb128(value: number): string[] {
  const isLast = value < 64;
  const byte = (value & 0x7f) | (isLast ? 0 : 0x80);
  return [byte.toString(16).padStart(2, '0'), ...(isLast ? [] : signedLeb128(value >> 7))];
}

function put(samples: readonly number[], at: number): void {
  windows.set(new Uint8Array(Int16Array.from(samples).buffer), at);
}
