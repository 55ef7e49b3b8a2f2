import type { Clock } from '../../clock.ts';

const TOKEN_LIVES_MS = 7 * 86_400_000;

/**
 * Does what a request with a `ClientToken` asks for once in seven days, even if the rest of the request differs the
 * second time; further requests have the same answer. What fails can be asked again.
 */
export function oncePerToken(
  clock: Pick<Clock, 'now'>,
): (token: string | undefined, work: () => Promise<string>) => Promise<string> {
  const done = new Map<string, { readonly answer: Promise<string>; readonly atMs: number }>();
  return async (token, work) => {
    if (!token) return work();
    const earlier = done.get(token);
    if (earlier && clock.now() - earlier.atMs < TOKEN_LIVES_MS) return earlier.answer;
    const answer = work();
    done.set(token, { answer, atMs: clock.now() });
    try {
      return await answer;
    } catch (error) {
      done.delete(token);
      throw error;
    }
  };
}
