import assert from 'node:assert/strict';

type Samples = Int16Array | Uint8Array;

/**
 * Throws an AssertionError unless both hold the same samples, or bytes, in the same order. Its message
 * says where they differ. `deepEqual` would list every element instead: of two unequal recordings of six
 * seconds that takes minutes, and more than 10 GB of memory.
 */
export function assertSameSamples(actual: Samples | undefined, expected: Samples): void {
  assert.ok(actual, 'there are no samples');
  let unequal = 0;
  let first = 0;
  let last = 0;
  for (let at = 0; at < Math.min(actual.length, expected.length); at += 1) {
    if (actual[at] === expected[at]) continue;
    if (unequal === 0) first = at;
    last = at;
    unequal += 1;
  }
  const found: string[] = [];
  if (actual.length !== expected.length) found.push(`${actual.length} instead of ${expected.length}`);
  if (unequal > 0)
    found.push(
      `${unequal} differ, from ${first} to ${last}: ${atMostFour(actual, first)} instead of ${atMostFour(expected, first)}`,
    );
  if (found.length > 0) assert.fail(`not the same samples: ${found.join('; ')}`);
}

function atMostFour(samples: Samples, from: number): string {
  return `[${samples.subarray(from, from + 4).join(', ')}]`;
}
