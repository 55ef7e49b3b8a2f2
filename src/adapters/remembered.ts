import { PermanentError } from '../domain/errors.ts';

/** Names and hours change rarely, and Connect allows two look-ups a second. */
const FOUND_MS = 600_000;
/** A flow that names what does not exist, or may not be read, does so in every call; somebody may be mending it. */
const NOT_FOUND_MS = 60_000;
/** Attributes of calls decide what is looked up: a memory without bounds could be filled. */
const MOST_REMEMBERED = 1000;

interface Remembered<Found> {
  readonly untilMs: number;
  readonly answer: () => Found | undefined;
}

/**
 * A look-up whose answers are remembered: what was found for ten minutes; that there
 * is nothing, or that AWS refused, for one. What may pass is thrown and not remembered.
 *
 * `about`: what a look-up needs beside the id, for its warnings. It makes no other answer.
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
