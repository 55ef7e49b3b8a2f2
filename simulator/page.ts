/** A piece of a list, and the token that the next piece is asked for with. */
interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent: this is the last one. */
  readonly nextToken?: string;
}

/**
 * The piece of a list that a token asks for. `of` names the list, so that the token of another one is none.
 * Throws what `invalid` answers for a token that was not given out.
 */
export function pageOf<Item>(
  all: readonly Item[],
  { of, token, size, invalid }: { of: string; token: string | undefined; size: number; invalid: () => Error },
): Page<Item> {
  const start = token === undefined ? 0 : startOf(token, of);
  if (start === undefined || start > all.length) throw invalid();
  const end = start + size;
  return {
    items: all.slice(start, end),
    ...(end < all.length && { nextToken: tokenFor(end, of) }),
  };
}

function tokenFor(start: number, of: string): string {
  return Buffer.from(`${of} ${start}`).toString('base64url');
}

function startOf(token: string, of: string): number | undefined {
  const [, list, start] = /^(.*) (\d+)$/s.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? [];
  return list === of ? Number(start) : undefined;
}
