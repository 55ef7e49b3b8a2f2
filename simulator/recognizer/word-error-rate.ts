const DIGITS: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
};

/**
 * How wrong a transcript is: words put in, left out or mistaken, over the words
 * that were spoken. 0 is perfect; it can be more than 1.
 *
 * Case and punctuation do not count, and a number counts digit by digit however
 * it is written: `555-0142` and `five five five oh one four two` are the same.
 */
export function wordErrorRate(spoken: string, heard: string): number {
  const reference = plainWords(spoken);
  return editDistance(reference, plainWords(heard)) / reference.length;
}

function plainWords(text: string): string[] {
  const spaced = text
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/\d/g, ' $& ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
  return spaced
    .split(' ')
    .filter(Boolean)
    .map((word) => DIGITS[word] ?? word);
}

/** Levenshtein's distance between two lists of words, row by row. */
function editDistance(reference: readonly string[], hypothesis: readonly string[]): number {
  let previous = Array.from({ length: hypothesis.length + 1 }, (_, column) => column);
  for (const [row, word] of reference.entries()) {
    const current = [row + 1];
    for (const [column, other] of hypothesis.entries()) {
      const mistaken = (previous[column] ?? 0) + (word === other ? 0 : 1);
      const leftOut = (previous[column + 1] ?? 0) + 1;
      const putIn = (current[column] ?? 0) + 1;
      current.push(Math.min(mistaken, leftOut, putIn));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
