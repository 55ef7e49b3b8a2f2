/** How many letters must be put in, left out, replaced, or swapped with a neighbor to make one word the other. */
export function editDistance(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}

/**
 * The one of `known` that a mistyped word was probably meant to be. Up to two letters may be wrong, in a word of five
 * or fewer one; upper and lower case do not count, nor what stands between words. Undefined if none is near, or if
 * several are equally near.
 */
export function nearestOf<Known extends string>(word: string, known: readonly Known[]): Known | undefined {
  const letters = lettersOf(word);
  const distances = known.map((name) => [name, editDistance(letters, lettersOf(name))] as const);
  const least = Math.min(...distances.map(([, distance]) => distance));
  if (letters === '' || least > (letters.length > 5 ? 2 : 1)) return undefined;
  const [nearest, ...others] = distances.filter(([, distance]) => distance === least);
  return others.length === 0 ? nearest?.[0] : undefined;
}

function lettersOf(word: string): string {
  return word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
