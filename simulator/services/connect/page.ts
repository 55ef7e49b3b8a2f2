import { pageOf } from '../../page.ts';
import { invalidParameter } from './input.ts';

/** Paging parameters of a call: texts from a query, or values from a body. Null means absent. */
interface AskedPage {
  readonly nextToken: unknown;
  readonly maxResults: unknown;
}

/** The paging parameters in a query. */
export function pageInQuery(query: URLSearchParams): AskedPage {
  return { nextToken: query.get('nextToken'), maxResults: query.get('maxResults') };
}

/**
 * A page as Amazon Connect returns it. `most`: the largest size of a page, and the default. Throws
 * InvalidParameterException for another size, and for an unknown token.
 */
export function connectPage<Item>(
  all: readonly Item[],
  { of, most, asked }: { of: string; most: number; asked: AskedPage },
): { readonly items: readonly Item[]; readonly NextToken?: string } {
  const size = Number(asked.maxResults ?? most);
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw invalidParameter(`MaxResults must be a whole number from 1 to ${most}.`);
  }
  const token = asked.nextToken ?? undefined;
  if (token !== undefined && typeof token !== 'string') throw invalidToken();
  const { items, nextToken } = pageOf(all, { of, token, size, invalid: invalidToken });
  return { items, ...(nextToken !== undefined && { NextToken: nextToken }) };
}

function invalidToken(): Error {
  return invalidParameter('NextToken is not valid.');
}
