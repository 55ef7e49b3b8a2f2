/**
 * G.711: a sample in one byte, by sign, three bits of exponent and four of mantissa. The tables have the 16-bit
 * sample of each byte.
 *
 * Source: ITU-T Recommendation G.711 (1988), tables 1a and 2a. It gives 13 bits for A-law and 14 for mu-law,
 * here in the upper ones of 16.
 */
export const MU_LAW_SAMPLES: Int16Array = Int16Array.from({ length: 256 }, (_, byte) => {
  const bits = ~byte & 0xff;
  const biased = ((bits & 0x0f) * 2 + 33) << ((bits >> 4) & 7);
  const magnitude = (biased - 33) * 4;
  return bits & 0x80 ? -magnitude : magnitude;
});

export const A_LAW_SAMPLES: Int16Array = Int16Array.from({ length: 256 }, (_, byte) => {
  const bits = byte ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const step = (bits & 0x0f) * 2 + 1;
  const magnitude = (exponent === 0 ? step : (step + 32) << (exponent - 1)) * 8;
  return bits & 0x80 ? magnitude : -magnitude;
});
