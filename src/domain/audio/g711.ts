/**
 * G.711, the two ways in which telephone networks put a sample into one byte: a
 * sign, three bits of exponent and four of mantissa. Both tables give signed
 * 16-bit samples by code word.
 *
 * Source: ITU-T Recommendation G.711 (1988), tables 1 and 2; the 13 and 14 bits
 * there are moved up to 16.
 */
export const MU_LAW: Int16Array = Int16Array.from({ length: 256 }, (_, code) => {
  const { sign, exponent, mantissa } = partsOf(~code);
  return -sign * (((2 * mantissa + 33) << exponent) - 33) * 4;
});

export const A_LAW: Int16Array = Int16Array.from({ length: 256 }, (_, code) => {
  // Every other bit is sent inverted.
  const { sign, exponent, mantissa } = partsOf(code ^ 0x55);
  const magnitude = exponent === 0 ? 2 * mantissa + 1 : (2 * mantissa + 33) << (exponent - 1);
  return sign * magnitude * 8;
});

function partsOf(code: number): { sign: 1 | -1; exponent: number; mantissa: number } {
  return { sign: code & 0x80 ? 1 : -1, exponent: (code >> 4) & 7, mantissa: code & 15 };
}
