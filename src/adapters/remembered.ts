import { PermanentError } from '../domain/errors.ts';

/** Names and hours change rarely, and Connect allows two look-ups a second. */
const FOUND_MS = 600_000;
/**
 * A flow that names something missing, or something that must not be read, does so in every call; somebody
 * may be fixing it.
 */
const NOT_FOUND_MS = 60_000;
/** Attributes of calls decide what is looked up: an unlimited cache could be filled. */
const MOST_REMEMBERED = 1000;

interface Remembered<Found> {
  readonly untilMs: number;
  readonly answer: () => Found | undefined;
}

/**
 * A look-up with a cache: found values stay for ten minutes; missing values and refusals for one. A
 * temporary error is thrown and not cached.
 *
 * `about`: what a look-up needs besides the id, for its warnings. It does not change the answer.
 */
export function remembered<Found, About extends readonly unknown[] = []>(
  look: (id: string, ...about: About) => Promise<Found | undefined>,
  now: () => number,
): (id: string, ...about: About) => Promise<Found | undefined> {
  const known = new Map<string, Remembered<Found>>();

  function remember(id: string, forMs: number, answer: () => Found | undefined): Found | undefined {
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(id, { untilMs: now() + forMs, answer });
    return answer();
  }

  return async (id, ...about) => {
    const earlier = known.get(id);
    if (earlier && now() < earlier.untilMs) return earlier.answer();
    try {
      const found = await look(id, ...about);
      return remember(id, found === undefined ? NOT_FOUND_MS : FOUND_MS, () => found);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      return remember(id, NOT_FOUND_MS, () => {
        throw error;
      });
    }
  };
}
