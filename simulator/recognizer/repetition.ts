/** Longest run of tokens that is looked at. */
const LONGEST_RUN = 16;
/** A run of this many tokens or more is a phrase; shorter ones may well be repeated, as in "no, no, no". */
const PHRASE_TOKENS = 4;
const PHRASE_REPEATS = 3;
const SHORT_REPEATS = 9;

/**
 * How many tokens at the end only repeat those before them: a model that has lost the sound repeats the same
 * phrase forever. 0: none.
 *
 * A phrase counts from its third time on, a short run from its ninth.
 */
export function repeatedAtEnd(tokens: readonly number[]): number {
  for (let run = 1; run <= LONGEST_RUN; run += 1) {
    const repeats = run < PHRASE_TOKENS ? SHORT_REPEATS : PHRASE_REPEATS;
    const extra = run * (repeats - 1);
    if (tokens.length < run * repeats) continue;
    const end = tokens.slice(-extra);
    const shifted = tokens.slice(-extra - run, -run);
    if (end.every((token, index) => token === shifted[index])) return extra;
  }
  return 0;
}
