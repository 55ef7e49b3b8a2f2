/** Real ones have 56 digits and start like this; their content is not documented. */
const START = '4965';
const COUNTER_DIGITS = 52;

/** The `count`th number of a stream. All have the same length, so that text order is number order. */
export function sequenceNumber(count: number): string {
  return START + String(count).padStart(COUNTER_DIGITS, '0');
}

export function isSequenceNumber(text: string): boolean {
  return /^\d{56}$/.test(text);
}

/** The number just below, so that reading after it starts at the given number. */
export function sequenceNumberBefore(text: string): string {
  return String(BigInt(text) - 1n);
}
