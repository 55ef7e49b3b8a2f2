/** Longest run of tokens that is looked at. */
const LONGEST_RUN = 16;
/** A run of this many tokens or more is a phrase; shorter ones may well be repeated, as in "no, no, no". */
const PHRASE_TOKENS = 4;
const PHRASE_REPEATS = 3;
const SHORT_REPEATS = 9;

/**
 * How many tokens at the end only repeat what stands before them: a model that
 * has lost the sound repeats the same phrase without an end. 0 when it does not.
 *
 * A phrase may come twice, a short run eight times, before it counts.
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
