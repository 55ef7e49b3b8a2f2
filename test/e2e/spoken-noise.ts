/** Some seconds of loud noise in which no two stretches are equal. */
export function spokenNoise(seconds: number): Int16Array {
  const samples = new Int16Array(Math.round(seconds * 8000));
  return samples.map((_, index) => Math.imul(index + 1, 0x9e37_79b1) >> 16);
}
